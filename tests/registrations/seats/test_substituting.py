"""Sending a colleague to one meeting: asked, accepted, taken back, given up; hours, door, desk, and links."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetings.models import meeting_roles
from partners.models import Person
from partners.people.domain.organizations import Workplace
from registrations.attendance.domain import attendance, checking_in, door_scans, kiosks, roster, sheet
from registrations.attendance.domain.passes import Pass
from registrations.attendance.exceptions import NotOnTheList
from registrations.attendance.pages.kiosk import people_of
from registrations.credit.domain.readiness import readiness_of
from registrations.models import ChosenWay, PlannedAbsence, Registration, Seen, Substitute
from registrations.seats.calendars import person_calendar
from registrations.seats.domain import (
    guests,
    reminders_due,
    replacing,
    seats,
    substituting,
    waitlist,
    ways,
    withdrawing,
)
from registrations.seats.domain.substituting import Who
from registrations.seats.emails import replacing as handing_on
from registrations.seats.emails.substituting import token_of
from registrations.seats.exceptions import (
    GuestRefused,
    SubstituteOver,
    SubstituteRefused,
    WayRefused,
    WithdrawingRefused,
)
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
)

pytestmark = pytest.mark.django_db
ADDRESS = "bo@example.org"


def asked(registration, meeting=None, address=ADDRESS, *, at=NOW):
    who = {"address": address, "first_name": "Science lead", "last_name": "Bourne"}
    return substituting.ask(registration, meeting or registration.network.meetings.first(), **who, at=at)


def who(**fields):
    plain = {"first_name": "Science lead", "last_name": "Bourne", "workplace": Workplace()}
    return Who(**{**plain, **fields})


def accepted(registration, meeting=None, address=ADDRESS, *, at=NOW):
    one = asked(registration, meeting, address, at=at)
    return one, substituting.accept(one, who(), at=at)


def mails(address):
    rows = Mail.objects.filter(address=address).order_by("pk")
    return [mail.template.rpartition("/")[2] for mail in rows]


def expected(meeting):
    return set(Registration.objects.expected_at(meeting))


@pytest.fixture
def mine():
    return a_registration(a_network(seats=1, meetings=2), a_user().person)


@pytest.fixture
def first(mine):
    return mine.network.meetings.order_by("starts_at").first()


def test_the_colleague_comes_to_that_meeting_and_the_seat_stays(mine, first):
    _one, theirs = accepted(mine, first)
    second = mine.network.meetings.exclude(pk=first.pk).get()
    assert (expected(first), expected(second)) == ({theirs}, {mine})
    assert (theirs.status, theirs.person.primary_address) == ("guest", ADDRESS)
    mine.refresh_from_db()
    assert (mine.status, seats.occupied(mine.network, at=NOW)) == ("seated", 1)
    assert mine.planned_absences.get().meeting == first
    assert theirs.changes.get().reason == f"Comes for {mine.person}"
    assert mails(ADDRESS) == ["substitute_asked", "guest_coming"]
    assert mails(mine.person.primary_address) == ["substitute_answered"]


def test_until_they_say_yes_the_one_with_the_seat_is_expected(mine, first):
    one = asked(mine, first)
    assert (expected(first), mails(ADDRESS)) == ({mine}, ["substitute_asked"])
    substituting.decline(one, at=NOW)
    substituting.decline(one, at=NOW)
    assert (expected(first), mails(mine.person.primary_address)) == ({mine}, ["substitute_answered"])
    assert not PlannedAbsence.objects.exists()
    with pytest.raises(SubstituteOver, match="You said you can't come"):
        substituting.accept(one, who(), at=NOW)


def test_twice_accepted_is_accepted_once(mine, first):
    one, theirs = accepted(mine, first)
    assert substituting.accept(one, who(), at=NOW) == theirs
    assert (theirs.guest_at.count(), mails(ADDRESS)) == (1, ["substitute_asked", "guest_coming"])


def test_taken_back_the_one_with_the_seat_comes_and_the_colleague_is_told(mine, first):
    one, _theirs = accepted(mine, first)
    with pytest.raises(WithdrawingRefused, match="is coming in your place"):
        withdrawing.come_after_all(mine, first, at=NOW)
    for _twice in range(2):
        substituting.take_back(one, at=NOW)
    assert (expected(first), mine.planned_absences.exists()) == ({mine}, False)
    assert mails(ADDRESS)[2:] == ["guest_ended"]
    cancelled = Mail.objects.get(template__endswith="guest_ended").attachments[0]["content"]
    assert "METHOD:CANCEL" in cancelled
    with pytest.raises(SubstituteOver, match="isn't sending anyone"):
        substituting.accept(one, who(), at=NOW)


def test_the_colleague_gives_up_and_who_asked_is_told_and_can_ask_again(mine, first):
    one, theirs = accepted(mine, first)
    for _twice in range(2):
        guests.cannot_come(first, theirs.person, at=NOW)
    assert expected(first) == {mine}  # who said that they can't come is on the list as before
    assert mine.planned_absences.exists()
    assert mails(mine.person.primary_address) == ["substitute_answered"] * 2
    _two, again = accepted(mine, first, at=NOW + timedelta(minutes=1))
    assert (again, expected(first)) == (theirs, {theirs})
    assert Substitute.objects.get(pk=one.pk).outcome == "given_up"


def test_nothing_changes_once_the_meeting_has_begun(mine, first):
    one, theirs = accepted(mine, first)
    for act in (
        lambda at: substituting.take_back(one, at=at),
        lambda at: asked(mine, first, at=at),
        lambda at: guests.cannot_come(first, theirs.person, at=at),
    ):
        with pytest.raises((SubstituteOver, GuestRefused), match="has already started"):
            act(first.starts_at)
    late = asked(mine, mine.network.meetings.exclude(pk=first.pk).get(), "cy@example.org")
    with pytest.raises(SubstituteOver, match="has already started"):
        substituting.accept(late, who(), at=late.meeting.starts_at)


def test_a_place_in_the_room_goes_along_and_comes_back():
    network = a_network(meetings=0)
    meeting = a_meeting(network, modality="hybrid", room_seats=1)
    mine, other = a_registration(network), a_registration(network)
    ways.choose_way(mine, meeting, "room", at=NOW)
    one, theirs = accepted(mine, meeting)
    assert ChosenWay.objects.counted().get(meeting=meeting).registration == theirs
    with pytest.raises(WayRefused, match="The room is full"):
        ways.choose_way(other, meeting, "room", at=NOW)
    with pytest.raises(WayRefused, match="Say first that you can come"):
        ways.choose_way(mine, meeting, "online", at=NOW)
    substituting.take_back(one, at=NOW)
    assert ChosenWay.objects.counted().get(meeting=meeting).registration == mine


def test_a_guest_who_cannot_come_frees_the_place(mine):
    meeting = a_meeting(mine.network, modality="hybrid", room_seats=1)
    _one, theirs = accepted(mine, meeting)
    ways.choose_way(theirs, meeting, "room", at=NOW)
    guests.cannot_come(meeting, theirs.person, at=NOW)
    assert not ChosenWay.objects.exists()


def test_who_is_refused_and_why(mine, first):
    other = a_network()
    theirs = a_registration(other)
    with pytest.raises(SubstituteRefused, match="your own address"):
        asked(mine, first, mine.person.primary_address)
    with pytest.raises(SubstituteRefused, match="isn't one of yours"):
        asked(mine, other.meetings.get())
    with pytest.raises(SubstituteRefused, match="don't have a seat"):
        asked(a_registration(mine.network), first)
    session = a_network(kind="information_session", credit_code="", asks_evaluation=False)
    with pytest.raises(SubstituteRefused, match="register for this session"):
        asked(a_registration(session))
    one = asked(mine, first, theirs.person.primary_address)
    assert asked(mine, first, theirs.person.primary_address) == one
    with pytest.raises(SubstituteRefused, match="You've asked Science lead Bourne already"):
        asked(mine, first)


def test_whoever_has_a_seat_there_comes_anyway_and_nobody_comes_for_two(mine, first):
    network = a_network(seats=3)
    meeting = network.meetings.get()
    one, two, three = (a_registration(network) for _each in range(3))
    with pytest.raises(SubstituteRefused, match="already have a seat of your own"):
        accepted(one, meeting, two.person.primary_address)
    accepted(two, meeting)
    with pytest.raises(SubstituteRefused, match="already coming to this meeting"):
        accepted(three, meeting)


def test_whoever_waits_for_a_seat_can_come_for_somebody_and_then_gets_one(mine, first):
    waits = a_registration(mine.network)
    _one, theirs = accepted(mine, first, waits.person.primary_address)
    assert (expected(first), theirs == waits) == ({theirs}, False)
    type(mine.network).objects.filter(pk=mine.network_id).update(seats=2)
    waitlist.fill_seats(mine.network, by=SWEEP, at=NOW)
    assert expected(first) == {mine, waits}
    assert mails(mine.person.primary_address)[-1] == "substitute_answered"


def test_leaving_the_network_ends_it_and_the_colleague_is_told(mine, first):
    waits = a_registration(mine.network)
    accepted(mine, first)
    withdrawing.leave_network(mine, by=SWEEP, at=NOW)
    assert (expected(first), mails(ADDRESS)[-1]) == ({waits}, "guest_ended")


def test_at_a_groups_meeting(mine):
    group = a_group(mine.network)
    meeting = a_meeting(mine.network, working_group=group)
    with pytest.raises(SubstituteRefused, match="isn't one of yours"):
        asked(mine, meeting)
    mine.group_memberships.create(working_group=group, joined_at=NOW)
    _one, theirs = accepted(mine, meeting)
    assert expected(meeting) == {theirs}


# Who is there


def test_hours_are_those_of_whoever_was_there(mine, first):
    _one, theirs = accepted(mine, first)
    staff, at = a_staff_member(), first.ends_at
    attendance.mark_all_present(meeting=first, by=staff, at=at)
    ready = {one.person: one.minutes_counted for one in readiness_of(mine.network, at=at)}
    assert ready == {mine.person: 0, theirs.person: 180}
    assert not mine.attendances.exists()


def test_the_desk_shows_both_and_expects_one(mine, first):
    _one, theirs = accepted(mine, first)
    staff = a_staff_member()
    rows = [
        roster.row_of(one, first, viewer=staff)
        for one in roster.with_marks(roster.on_desk(first, viewer=staff), first)
    ]
    words = {row.registration: (row.words, list(row.notes)) for row in rows}
    assert words == {
        mine: ("sent Science lead Bourne", []),
        theirs: ("", [f"for {mine.person}"]),
    }
    assert roster.progress(first).total == 1
    assert [roster.notes_of(one) for one in sheet.on_sheet(first)] == [[f"for {mine.person}"]]


def test_the_one_who_is_absent_stays_absent_by_the_name_of_who_came(mine, first):
    accepted(mine, first)
    staff = a_staff_member()
    attendance.mark_attendance(registration=mine, meeting=first, seen=Seen.ABSENT, by=staff, at=first.ends_at)
    people = roster.with_marks(roster.on_desk(first, viewer=staff), first)
    row = roster.row_of(people.get(pk=mine.pk), first, viewer=staff)
    assert (row.is_absent, row.words) == (True, "sent Science lead Bourne")


def test_the_kiosk_takes_the_substitute_and_sends_the_other_to_the_desk(mine, first):
    _one, theirs = accepted(mine, first)
    at = first.starts_at
    token = kiosks.open_kiosk(meeting=first, uid=uuid.uuid4(), by=a_staff_member(), at=at)
    kiosk = kiosks.find_kiosk(token, at=at)
    codes = [one.door_code for one in (theirs, mine)]
    scans = [door_scans.Scanned(uuid.uuid4(), "in", at, code=code) for code in codes]
    assert [row.refusal for row in door_scans.take_scans(kiosk, scans, at=at)] == ["", "sent"]
    (shown,) = people_of(first, at=at)
    assert shown["organization"] == f"for {mine.person}"
    other = a_registration(a_network())
    (row,) = door_scans.take_scans(
        kiosk, [door_scans.Scanned(uuid.uuid4(), "in", at, code=other.door_code)], at=at
    )
    assert row.refusal == "other"


def test_on_their_own_phone_the_substitute_checks_in_and_the_other_cannot(mine, first):
    _one, theirs = accepted(mine, first)
    at = first.starts_at
    admitted, pressed = Pass(first.uid, at), checking_in.Press(at, at)
    assert checking_in.check_in(admitted=admitted, person=theirs.person, pressed=pressed)
    with pytest.raises(NotOnTheList):
        checking_in.check_in(admitted=admitted, person=mine.person, pressed=pressed)


def test_calendar_reminders_and_the_page_of_the_meeting_follow(mine, first):
    one, theirs = accepted(mine, first)
    mine_is_registered = meeting_roles.meetings_as(meeting_roles.REGISTERED, theirs.person)
    assert list(mine_is_registered) == [first]
    feed = person_calendar(theirs.person, NOW)
    assert (feed.count("BEGIN:VEVENT"), "STATUS:CANCELLED" in feed) == (1, False)
    assert "STATUS:CANCELLED" in person_calendar(mine.person, NOW)
    day = first.starts_at - timedelta(days=1)
    due = [item.registration for item in reminders_due.items(list(reminders_due.near(day)))]
    assert set(due) == {theirs.pk}
    substituting.take_back(one, at=NOW)
    assert "STATUS:CANCELLED" in person_calendar(theirs.person, NOW)
    assert not meeting_roles.meetings_as(meeting_roles.REGISTERED, theirs.person).exists()


# Pages


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(person):
    client = Client()
    client.force_login(person.user)
    return client


def link_of(one):
    return reverse("stand_in", args=[token_of(one)])


TYPED = {
    "first_name": "Science lead",
    "last_name": "Bourne",
    "organization": "A district of its own",
    "organization_choice": "-",
}


@pytest.mark.usefixtures("now")
def test_from_my_learning_to_the_meeting_and_back(mine, first, client):
    giver = signed_in(mine.person)
    url = reverse("send_substitute", args=[first.uid])
    learning = reverse("learning_network", args=[mine.network.slug])
    assert url in giver.get(learning).content.decode()
    form = {"first_name": "Science lead", "last_name": "Bourne", "address": "Bo@Example.org"}
    for _twice in range(2):
        assert giver.post(url, form).status_code == 302
    one = Substitute.objects.get()
    assert "Until they say yes, we expect you" in giver.get(url).content.decode()
    assert link_of(one) in Mail.objects.get(address=ADDRESS).text
    assert "Can you come in place of" in client.get(link_of(one)).content.decode()
    assert expected(first) == {mine}
    for _twice in range(2):
        page = client.post(link_of(one), TYPED, follow=True)
        assert "You&#x27;re coming" in page.content.decode() or "You're coming" in page.content.decode()
    assert "_auth_user_id" not in client.session
    theirs = Person.objects.holding(ADDRESS).get()
    assert "is coming in your place" in giver.get(learning).content.decode()
    assert "is coming in your place" in giver.get(first.get_absolute_url()).content.decode()
    page = signed_in(theirs).get(learning).content.decode()
    assert (f"for {mine.person}" in page, "Guest at single meetings" in page) == (True, True)
    page = signed_in(theirs).get(first.get_absolute_url()).content.decode()
    assert f"coming for {mine.person}" in page
    page = giver.post(url, {"myself": "1"}, follow=True).content.decode()
    assert "see you on" in page and expected(first) == {mine}


@pytest.mark.usefixtures("now")
def test_the_substitute_says_on_the_same_button_that_they_cannot_come(mine, first):
    _one, theirs = accepted(mine, first)
    client = signed_in(theirs.person)
    page = client.post(reverse("miss_meeting", args=[first.uid]), {"here": "1"}, follow=True)
    assert "You said you can" in page.content.decode() and "keep your seat" not in page.content.decode()
    assert expected(first) == {mine}


@pytest.mark.usefixtures("now")
def test_bad_links_each_have_their_page(mine, first, client):
    one = asked(mine, first)
    cut = client.get(link_of(one)[:-3] + "/")
    assert (cut.status_code, "This link doesn" in cut.content.decode()) == (404, True)
    declined = client.post(link_of(one), {"decline": "1"}, follow=True).content.decode()
    assert "You said you can" in declined
    two = asked(mine, first, "cy@example.org")
    substituting.take_back(two, at=NOW)
    assert "sending anyone now" in client.get(link_of(two)).content.decode()
    three = asked(mine, first, "di@example.org")
    with time_machine.travel(first.starts_at, tick=False):
        assert "This meeting has already started" in client.post(link_of(three), TYPED).content.decode()
    first.status = "cancelled"
    first.save()
    assert "This meeting was cancelled" in client.get(link_of(three)).content.decode()


@pytest.mark.usefixtures("now")
def test_a_link_opened_by_somebody_else_says_so_and_stops(mine, first):
    one = asked(mine, first)
    handed = replacing.ask(mine, address=ADDRESS, first_name="Science lead", last_name="Bourne", at=NOW)
    other = signed_in(a_user().person)
    for link in (link_of(one), reverse("take_seat", args=[handing_on.token_of(handed)])):
        for page in (other.get(link), other.post(link, {**TYPED, "decline": "1"})):
            assert page.status_code == 403
            assert "This link is for somebody else" in page.content.decode()
    assert Substitute.objects.get().ended_at is None and not handed.outcome
    holder = a_user(address=ADDRESS).person
    assert "Can you come in place of" in signed_in(holder).get(link_of(one)).content.decode()


@pytest.mark.usefixtures("now")
def test_what_was_typed_stays_with_a_refusal(client):
    network = a_network()
    mine, theirs = a_registration(network), a_registration(network)
    one = asked(mine, address=theirs.person.primary_address)
    page = client.post(link_of(one), {**TYPED, "first_name": "Coordinator"}).content.decode()
    assert "already have a seat of your own" in page and 'value="Coordinator"' in page


def test_five_a_day(mine, first):
    for number in range(5):
        substituting.take_back(asked(mine, first, f"p{number}@example.org"), at=NOW)
    with pytest.raises(SubstituteRefused, match="tomorrow"):
        asked(mine, first)


def test_a_stranger_sees_no_such_page(mine, first):
    assert signed_in(a_user().person).get(reverse("send_substitute", args=[first.uid])).status_code == 404
    assert not a_person().registrations.exists()
