"""Reminders: at the right time of the meeting as it is planned now, once, and never too late."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

import pytest

from meetings.planning.domain import planning
from partners.models import MailTopic, Person, PersonEmail
from partners.people.domain import preferences
from registrations.models import GroupMembership, PlannedAbsence, Registration, Reminder
from registrations.models.seats.reminder import Offset
from registrations.seats.domain import withdrawing
from registrations.seats.domain.reminders_due import due_at
from registrations.seats.domain.reminding import sweep_reminders, take_back_reminders
from stemnet.models import Mail, MailClass, MailState
from tests.factories import NOW, SWEEP, a_group, a_meeting, a_network, a_person, a_registration

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/room-7"
START = datetime(2020, 10, 14, 13, tzinfo=UTC)  # 9:00 a.m. EDT
WEEK, DAY, HOUR = START - timedelta(days=7), START - timedelta(days=1), START - timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def reminders():
    return Mail.objects.filter(mail_class=MailClass.REMINDER).order_by("pk")


def a_seat(network=None, **fields):
    network = network or a_network(meetings=0)
    if not network.meetings.exists():
        a_meeting(network, modality="online", join_url=LINK)
    return a_registration(network, **fields)


@pytest.mark.parametrize(
    ("on", "start", "week", "day"),
    [
        # the clocks go back on Nov 1, 2020 and forward on Mar 14, 2021
        (date(2020, 11, 4), datetime(2020, 11, 4, 14), datetime(2020, 10, 28, 13), datetime(2020, 11, 3, 14)),
        (
            date(2020, 11, 1),
            datetime(2020, 11, 1, 14),
            datetime(2020, 10, 25, 13),
            datetime(2020, 10, 31, 13),
        ),
        (date(2021, 3, 15), datetime(2021, 3, 15, 13), datetime(2021, 3, 8, 14), datetime(2021, 3, 14, 13)),
        (date(2021, 4, 13), datetime(2021, 4, 13, 13), datetime(2021, 4, 6, 13), datetime(2021, 4, 12, 13)),
        (date(2020, 12, 8), datetime(2020, 12, 8, 14), datetime(2020, 12, 1, 14), datetime(2020, 12, 7, 14)),
    ],
)
def test_due_at_keeps_the_wall_time_over_a_change_of_the_clocks(on, start, week, day):
    meeting = a_meeting(a_network(meetings=0), on=on)
    found = (meeting.starts_at, due_at(meeting, Offset.WEEK), due_at(meeting, Offset.DAY))
    assert found == tuple(moment.replace(tzinfo=UTC) for moment in (start, week, day))
    assert due_at(meeting, Offset.HOUR) == meeting.starts_at - timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (time(2, 30), datetime(2021, 3, 14, 11, tzinfo=UTC)),  # 7 a.m. EDT, on a day that lacks 2:30
        (time(6, 59), datetime(2021, 3, 14, 11, tzinfo=UTC)),
        (time(7, 0), datetime(2021, 3, 14, 11, tzinfo=UTC)),
        (time(20, 59), datetime(2021, 3, 15, 0, 59, tzinfo=UTC)),
        (time(21, 0), datetime(2021, 3, 14, 11, tzinfo=UTC)),
    ],
)
def test_due_at_is_in_the_morning_where_the_wall_time_is_at_night(start, day):
    meeting = a_meeting(a_network(meetings=0), on=date(2021, 3, 15), start_time=start, end_time=time(23))
    assert due_at(meeting, Offset.DAY) == day


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (WEEK - MINUTE, []),
        (WEEK, ["queued"]),
        (WEEK + timedelta(hours=5, minutes=59), ["queued"]),
        (WEEK + timedelta(hours=6), ["missed"]),
        (DAY, ["missed", "queued"]),
        (DAY + timedelta(hours=6), ["missed", "missed"]),
        (HOUR, ["missed", "missed", "queued"]),
        (HOUR + timedelta(minutes=29), ["missed", "missed", "queued"]),
        (HOUR + timedelta(minutes=30), ["missed", "missed", "missed"]),
        (START - MINUTE, ["missed", "missed", "missed"]),
        (START, []),
        (START + MINUTE, []),
    ],
)
def test_sweep_after_an_outage_sends_what_is_of_use_and_keeps_the_rest_as_missed(at, state):
    a_seat()
    sweep_reminders(at=at)
    assert sorted(reminders().values_list("state", flat=True)) == state


def test_sweeps_send_three_reminders_each_once():
    a_seat()
    for at in (WEEK, WEEK + MINUTE, DAY, DAY + MINUTE, HOUR, HOUR + MINUTE, START):
        sweep_reminders(at=at)
    assert list(reminders().order_by("pk").values_list("state", "created_at")) == [
        ("queued", WEEK),
        ("queued", DAY),
        ("queued", HOUR),
    ]
    assert Reminder.objects.count() == 3


def test_only_the_last_two_hold_the_link():
    a_seat()
    for at in (WEEK, DAY, HOUR):
        sweep_reminders(at=at)
    assert [LINK in mail.text and LINK in mail.html for mail in reminders().order_by("pk")] == [
        False,
        True,
        True,
    ]


def test_a_reminder_says_when_with_zone_why_and_how_to_stop():
    registration = a_seat()
    sweep_reminders(at=WEEK)
    mail = reminders().get()
    assert mail.subject == "Reminder: Opening meeting, Wed, Oct 14, 2020, 9:00 a.m. ET"
    assert "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET" in mail.text
    assert f"You're getting this because you're registered for {registration.network}." in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (mail.expires_at, mail.address) == (WEEK + timedelta(hours=6), registration.person.primary_address)


def test_the_last_reminder_never_outlives_the_start():
    network = a_network(meetings=0)
    a_meeting(network, start_time=time(0, 30))
    a_seat(network)
    sweep_reminders(at=datetime(2020, 10, 14, 3, 31, tzinfo=UTC))
    assert reminders().get(state="queued").expires_at == datetime(2020, 10, 14, 4, tzinfo=UTC)


def test_who_waits_is_not_reminded():
    a_seat(a_network(seats=0))
    assert sweep_reminders(at=WEEK) == 0


def test_who_registered_inside_the_window_gets_only_what_comes_after():
    a_seat(at=WEEK + MINUTE)
    sweep_reminders(at=WEEK + timedelta(minutes=5))
    sweep_reminders(at=DAY)
    assert list(reminders().values_list("created_at", flat=True)) == [DAY]


def test_who_said_to_miss_it_is_not_reminded():
    registration = a_seat()
    PlannedAbsence.objects.create(
        registration=registration, meeting=registration.network.meetings.get(), said_at=NOW
    )
    assert sweep_reminders(at=WEEK) == 0


def test_who_unsubscribed_is_not_reminded():
    registration = a_seat()
    preferences.mute(registration.person, MailTopic.REMINDERS, at=NOW)
    assert sweep_reminders(at=WEEK) == 0


def test_a_cancelled_meeting_reminds_nobody():
    a_seat().network.meetings.update(status="cancelled")
    assert sweep_reminders(at=WEEK) == 0


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_a_network_that_does_not_run_reminds_nobody(status):
    network = a_seat().network
    network.status = status
    network.save()
    assert sweep_reminders(at=WEEK) == 0


def move(meeting, *, on, at):
    planning.set_time(meeting, on=on, start_time=time(9), end_time=time(12), zone=meeting.zone)
    meeting.sequence += 1
    meeting.changed_at = at
    meeting.save()
    meeting.changes.create(
        what="rescheduled", sequence=meeting.sequence, at=at, by_name=SWEEP, to_status="rescheduled"
    )


def test_a_moved_meeting_gets_new_reminders_and_not_the_old():
    meeting = a_seat().network.meetings.get()
    sweep_reminders(at=WEEK)
    move(meeting, on=date(2020, 10, 28), at=WEEK + timedelta(hours=1))
    for at in (DAY, HOUR):
        assert sweep_reminders(at=at) == 0
    for step in (7, 1):
        assert sweep_reminders(at=meeting.starts_at - timedelta(days=step)) == 1
    assert "Oct 28" in reminders().last().text


def test_a_meeting_moved_to_the_near_future_does_not_repeat_what_people_were_told():
    meeting = a_seat().network.meetings.get()
    moved_at = START - timedelta(days=10)
    move(meeting, on=date(2020, 10, 6), at=moved_at)
    assert sweep_reminders(at=moved_at + MINUTE) == 0
    assert reminders().count() == 0
    assert sweep_reminders(at=meeting.starts_at - timedelta(days=1)) == 1


def test_a_new_room_does_not_remind_again():
    meeting = a_seat().network.meetings.get()
    sweep_reminders(at=WEEK)
    meeting.room, meeting.sequence = "Room 9", 1
    meeting.save()
    assert sweep_reminders(at=WEEK + MINUTE) == 0


def test_take_back_cancels_what_was_not_sent_and_the_next_sweep_reminds_of_the_rest():
    registration = a_seat()
    group = a_group(registration.network)
    GroupMembership.objects.create(registration=registration, working_group=group, joined_at=NOW)
    slot = a_meeting(registration.network, working_group=group, start_time=time(12), end_time=time(15))
    sweep_reminders(at=WEEK)
    slot.status, slot.sequence = "cancelled", 1
    slot.save()
    assert take_back_reminders([slot]) == 1
    sweep_reminders(at=WEEK + MINUTE)
    assert list(reminders().order_by("pk").values_list("state", flat=True)) == ["cancelled", "queued"]
    assert reminders().last().subject.startswith("Reminder: Opening meeting")


def test_take_back_leaves_what_was_sent():
    meeting = a_seat().network.meetings.get()
    sweep_reminders(at=WEEK)
    reminders().update(state=MailState.SENT, sent_at=WEEK)
    assert take_back_reminders([meeting]) == 0
    assert sweep_reminders(at=WEEK + MINUTE) == 0


def test_who_leaves_or_misses_a_meeting_gets_no_reminder_that_still_waits():
    first, second = a_seat(), a_seat()
    sweep_reminders(at=WEEK)
    withdrawing.leave_network(first, by=first.person, at=WEEK)
    withdrawing.miss_meeting(second, second.network.meetings.get(), at=WEEK)
    assert sweep_reminders(at=WEEK + MINUTE) == 0
    assert set(reminders().values_list("state", flat=True)) == {"cancelled"}


def test_a_reminder_that_waits_comes_again_when_one_comes_after_all():
    registration = a_seat()
    meeting = registration.network.meetings.get()
    sweep_reminders(at=WEEK)
    withdrawing.miss_meeting(registration, meeting, at=WEEK)
    withdrawing.come_after_all(registration, meeting, at=WEEK + MINUTE)
    assert sweep_reminders(at=WEEK + 2 * MINUTE) == 1
    assert list(reminders().order_by("pk").values_list("state", flat=True)) == ["cancelled", "queued"]


def test_a_reminder_that_waits_stays_when_one_misses_another_meeting():
    registration = a_seat()
    other = a_meeting(registration.network, on=date(2020, 10, 21))
    sweep_reminders(at=WEEK)
    withdrawing.miss_meeting(registration, other, at=WEEK)
    assert list(reminders().values_list("state", flat=True)) == ["queued"]


def test_a_reminder_of_two_comes_again_for_the_one_that_is_not_missed():
    registration = a_seat()
    group = a_group(registration.network)
    GroupMembership.objects.create(registration=registration, working_group=group, joined_at=NOW)
    slot = a_meeting(registration.network, working_group=group, start_time=time(12), end_time=time(15))
    sweep_reminders(at=WEEK)
    withdrawing.miss_meeting(registration, slot, at=WEEK)
    withdrawing.come_after_all(registration, slot, at=WEEK)
    sweep_reminders(at=WEEK + MINUTE)
    assert list(reminders().order_by("pk").values_list("state", flat=True)) == ["cancelled", "queued"]


def test_a_meeting_and_the_slot_of_ones_group_come_in_one_mail():
    registration = a_seat()
    mine, other = a_group(registration.network), a_group(registration.network)
    GroupMembership.objects.create(registration=registration, working_group=mine, joined_at=NOW)
    for group in (mine, other):
        a_meeting(
            registration.network,
            working_group=group,
            title=f"Slot of {group}",
            start_time=time(12),
            end_time=time(15),
        )
    sweep_reminders(at=WEEK)
    sweep_reminders(at=WEEK + timedelta(hours=3))
    mail = reminders().get()
    assert mail.subject == "Reminder: 2 meetings on Wed, Oct 14, 2020"
    assert (f"Slot of {mine}" in mail.text, f"Slot of {other}" in mail.text) == (True, False)


def test_the_last_reminders_of_a_day_come_one_by_one():
    registration = a_seat()
    group = a_group(registration.network)
    GroupMembership.objects.create(registration=registration, working_group=group, joined_at=NOW)
    a_meeting(registration.network, working_group=group, start_time=time(12), end_time=time(15))
    for at in (WEEK, DAY, HOUR, HOUR + timedelta(hours=3)):
        sweep_reminders(at=at)
    assert reminders().filter(state="queued").count() == 4


def test_who_left_the_group_is_not_reminded_of_its_slot():
    registration = a_seat()
    group = a_group(registration.network)
    GroupMembership.objects.create(registration=registration, working_group=group, joined_at=NOW, left_at=NOW)
    a_meeting(registration.network, working_group=group, title="Slot", start_time=time(12), end_time=time(15))
    sweep_reminders(at=WEEK)
    assert "Slot" not in reminders().get().text


def test_two_networks_on_one_day_come_in_one_mail_and_say_both_reasons():
    person = a_person()
    first, second = (a_seat(person=person).network for _ in range(2))
    sweep_reminders(at=WEEK)
    mail = reminders().get()
    assert f"registered for {first}; {second}." in mail.text


def test_each_person_is_reminded_of_their_own_meeting():
    first, second = a_network(meetings=0), a_network(meetings=0)
    a_meeting(first, venue="Marlborough")
    a_meeting(second, venue="New Bedford", start_time=time(10))
    people = a_seat(first), a_seat(second)
    sweep_reminders(at=WEEK)
    sweep_reminders(at=WEEK + timedelta(hours=1))
    places = {mail.address: "Marlborough" in mail.text for mail in reminders()}
    assert places == {people[0].person.primary_address: True, people[1].person.primary_address: False}


def test_who_has_no_address_stops_nobody():
    registration = a_seat()
    nameless = a_seat(registration.network)
    nameless.person.emails.all().delete()
    assert sweep_reminders(at=WEEK) == 1


@pytest.mark.parametrize("people", [1, 30])
def test_a_batch_takes_as_many_queries_for_one_as_for_thirty(people, django_assert_num_queries):
    network = a_seat(a_network()).network
    for _number in range(people - 1):
        a_seat(network)
    with django_assert_num_queries(23):
        assert sweep_reminders(at=WEEK) == people


def test_the_first_reminder_says_when_the_link_comes():
    a_seat()
    sweep_reminders(at=WEEK)
    assert "We'll send the link to join with the next reminder." in reminders().get().text


def test_who_comes_without_a_login_can_give_the_place_back_by_a_link():
    network = a_network(meetings=0, kind="information_session", credit_code="", asks_evaluation=False)
    a_seat(network)
    sweep_reminders(at=WEEK)
    assert f"/networks/{network.slug}/leave/" in reminders().get().text


@pytest.mark.slow
def test_a_thousand_people_take_seconds():
    network = a_seat().network
    people = Person.objects.bulk_create(
        Person(first_name="Science lead", last_name=f"District {number}") for number in range(1000)
    )
    PersonEmail.objects.bulk_create(
        PersonEmail(person=person, address=f"many{person.pk}@example.org", primary=True) for person in people
    )
    Registration.objects.bulk_create(
        Registration(network=network, person=person, status="seated", requested_at=NOW, seated_at=NOW)
        for person in people
    )
    begun = perf_counter()
    assert sweep_reminders(at=WEEK) == 1001
    assert perf_counter() - begun < 20
    begun = perf_counter()
    assert sweep_reminders(at=WEEK + MINUTE) == 0
    assert perf_counter() - begun < 2
