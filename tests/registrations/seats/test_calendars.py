"""Calendars of people: the meetings one has a seat for, and no link where one could pass it on."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from meetings.planning.domain import moving
from partners.merging.domain import merging
from partners.people.domain import preferences
from registrations.models import CalendarRevision, GroupMembership, PlannedAbsence
from registrations.seats import calendars
from registrations.seats.domain import registering, withdrawing
from registrations.seats.domain.answers import Answers
from stemnet.models import Mail
from tests.defects import defects_of_mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_group,
    a_meeting,
    a_network,
    a_partnership,
    a_person,
    a_registration,
    a_user,
)

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/secret"


def events(text):
    return Calendar.from_ical(text).walk("VEVENT")


def an_online_network(**fields):
    network = a_network(meetings=0, **fields)
    a_meeting(network, modality="online", join_url=LINK)
    return network


def test_person_calendar_has_the_link_for_a_seat():
    network = an_online_network()
    registration = a_registration(network)
    text = calendars.person_calendar(registration.person, NOW)
    assert LINK in str(events(text)[0]["description"])
    assert str(events(text)[0]["location"]) == LINK


def test_person_calendar_is_empty_for_who_waits():
    registration = a_registration(an_online_network(seats=0))
    assert registration.status == "waiting"
    assert len(events(calendars.person_calendar(registration.person, NOW))) == 0


def test_person_calendar_has_the_own_group_only_and_says_what_is_missed():
    network = a_network(meetings=2)
    mine, other = a_group(network), a_group(network)
    for group in (mine, other):
        a_meeting(network, working_group=group, title=group.title, start_time=time(12), end_time=time(15))
    registration = a_registration(network)
    GroupMembership.objects.create(registration=registration, working_group=mine, joined_at=NOW)
    missed = network.meetings.own().last()
    PlannedAbsence.objects.create(registration=registration, meeting=missed, said_at=NOW)
    found = {
        str(event["uid"]): str(event["status"])
        for event in events(calendars.person_calendar(registration.person, NOW))
    }
    assert found == {
        f"{network.meetings.own().first().uid}@localhost": "CONFIRMED",
        f"{mine.meetings.get().uid}@localhost": "CONFIRMED",
        f"{missed.uid}@localhost": "CANCELLED",
    }


def test_person_calendar_takes_as_many_queries_for_thirty_networks_as_for_one(
    django_assert_num_queries,
):
    person = a_person()
    for _number in range(30):
        a_registration(a_network(), person)
    with django_assert_num_queries(2):
        found = events(calendars.person_calendar(person, NOW))
    assert len(found) == 30


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_invitation_speaks_of_one_meeting_to_one_person(method):
    a_partnership()
    registration = a_registration(an_online_network())
    text = calendars.invitation(registration, registration.network.meetings.all(), method=method)
    calendar = Calendar.from_ical(text)
    event = calendar.walk("VEVENT")[0]
    assert str(calendar["method"]) == method
    assert str(event["attendee"]) == f"mailto:{registration.person.primary_address}"
    assert str(event["status"]) == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
    assert LINK not in text


def test_invitation_to_a_series_is_published():
    registration = a_registration(a_network(meetings=5))
    text = calendars.invitation(registration, registration.network.meetings.all())
    assert str(Calendar.from_ical(text)["method"]) == "PUBLISH"
    assert len(events(text)) == 5


def test_a_name_cannot_break_out_of_its_place():
    person = a_person(first_name='Ada";X=1\r\nBEGIN:VEVENT', last_name="Ngũgĩ")
    text = calendars.invitation(
        registration := a_registration(a_network(), person), [registration.network.meetings.get()]
    )
    assert len(events(text)) == 1


@time_machine.travel(NOW)
def test_my_calendar_needs_no_login(client):
    registration = a_registration(an_online_network())
    address = calendars.subscription_url(registration.person).removeprefix(settings.SITE_URL)
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert LINK in str(events(response.content)[0]["description"])


def test_my_calendar_is_void_after_a_reset(client):
    person = a_person()
    token = calendars.token_of(person)
    preferences.reset_private_links(person)
    assert client.get(reverse("my_calendar", args=[token])).status_code == 404


@pytest.mark.parametrize("token", ["x", "a~1~b", "~~", "0" * 300])
def test_my_calendar_of_a_false_token_is_not_found(client, token):
    assert client.get(reverse("my_calendar", args=[token])).status_code == 404


def test_my_calendar_forgets_what_is_over_a_year_ago():
    registration = a_registration(a_network())
    at = registration.network.meetings.get().ends_at + timedelta(days=400)
    assert len(events(calendars.person_calendar(registration.person, at))) == 0


def join(network, person):
    typed = Answers(address=person.primary_address, first_name="Ana", last_name="Reis")
    return registering.register_person(network=network, person=person, answers=typed, at=NOW)


def own(registration):
    """The one meeting of the person's feed: SEQUENCE, STATUS, and title."""
    (event,) = events(calendars.person_calendar(registration.person, NOW))
    return int(event["sequence"]), str(event["status"]), str(event["summary"]).partition(":")[0]


def mailed(registration):
    """SEQUENCE and method of each calendar file that was mailed, in order."""
    files = [
        Calendar.from_ical(file["content"])
        for mail in Mail.objects.filter(address=registration.person.primary_address).order_by("pk")
        for file in mail.attachments
    ]
    return [(int(file.walk("VEVENT")[0]["sequence"]), str(file["method"])) for file in files]


def test_missing_the_only_meeting_leaves_it_in_the_feed_as_not_coming():
    registration = a_registration(an_online_network())
    withdrawing.miss_meeting(registration, registration.network.meetings.get(), at=NOW)
    text = calendars.person_calendar(registration.person, NOW)
    assert own(registration) == (1, "CANCELLED", "Not coming")
    assert (str(events(text)[0]["transp"]), LINK in text) == ("TRANSPARENT", False)
    withdrawing.come_after_all(registration, registration.network.meetings.get(), at=NOW)
    assert own(registration)[:2] == (2, "CONFIRMED")


def test_saying_the_same_twice_raises_nothing():
    registration = a_registration(an_online_network())
    for _time in range(2):
        withdrawing.miss_meeting(registration, registration.network.meetings.get(), at=NOW)
    assert own(registration)[0] == 1


def test_sequence_is_raised_on_leaving_coming_back_and_moving_in_files_and_feed():
    network, person = an_online_network(), a_user().person
    seen = []
    for _time in range(2):
        registration = join(network, person)
        seen.append(own(registration)[:2])
        withdrawing.leave_network(registration, by=person, at=NOW)
        seen.append(own(registration)[:2])
    registration = join(network, person)
    later = moving.rescheduled(on=date(2020, 10, 15))
    moving.change_meetings(network.meetings.all(), later, by=SWEEP, at=NOW)
    seen.append(own(registration)[:2])
    assert seen == [
        (0, "CONFIRMED"),
        (1, "CANCELLED"),
        (2, "CONFIRMED"),
        (3, "CANCELLED"),
        (5, "CONFIRMED"),
    ]
    assert defects_of_mail() == []
    assert mailed(registration) == [
        (0, "PUBLISH"),
        (1, "CANCEL"),
        (2, "PUBLISH"),
        (3, "CANCEL"),
        (4, "PUBLISH"),
        (5, "REQUEST"),
    ]


def test_sequence_is_raised_for_who_comes_back_through_the_waitlist_or_was_removed():
    network = an_online_network(seats=1)
    person = a_user().person
    registration = join(network, person)
    withdrawing.remove_from_network(registration, by=SWEEP, at=NOW, reason="By mistake")
    other = join(network, a_user().person)
    again = join(network, person)
    assert again.status == "waiting"
    withdrawing.leave_network(other, by=other.person, at=NOW)
    assert mailed(again) == [(0, "PUBLISH"), (1, "CANCEL"), (2, "PUBLISH")]


def test_another_persons_sequence_stays():
    network = an_online_network()
    leaver, stays = a_registration(network), a_registration(network)
    withdrawing.leave_network(leaver, by=leaver.person, at=NOW)
    assert own(stays)[0] == 0


def test_what_was_held_before_one_left_stands_as_it_was():
    registration = a_registration(a_network(meetings=2))
    first = registration.network.meetings.earliest("starts_at")
    withdrawing.leave_network(registration, by=registration.person, at=first.ends_at)
    found = events(calendars.person_calendar(registration.person, first.ends_at))
    assert [str(event["status"]) for event in found] == ["CONFIRMED", "CANCELLED"]


def test_who_only_waited_has_nothing_to_give_up():
    registration = a_registration(an_online_network(seats=0))
    withdrawing.leave_network(registration, by=registration.person, at=NOW)
    assert len(events(calendars.person_calendar(registration.person, NOW))) == 0


def test_a_feed_without_meetings_says_so_and_is_no_empty_calendar():
    person = a_person()
    texts = [calendars.person_calendar(person, NOW + timedelta(days=days)) for days in (0, 9)]
    (entry,) = Calendar.from_ical(texts[0]).subcomponents
    assert (entry.name, "No meetings to show yet" in entry["summary"]) == ("VJOURNAL", True)
    assert texts[0] == texts[1]


def test_revisions_of_two_people_merged_stay_the_higher_ones():
    network = an_online_network()
    kept, gone = a_registration(network), a_registration(network)
    meeting = network.meetings.get()
    for _time in range(2):
        withdrawing.miss_meeting(gone, meeting, at=NOW)
        withdrawing.come_after_all(gone, meeting, at=NOW)
    withdrawing.miss_meeting(kept, meeting, at=NOW)
    merging.merge_people(kept=kept.person, gone=gone.person, take=set(), by=a_coordinator(), at=NOW)
    assert CalendarRevision.objects.get(person=kept.person).raised == 4
