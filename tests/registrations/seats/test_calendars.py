"""Calendars of people: the meetings one has a seat for, and no link where one could pass it on."""

from datetime import time, timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from partners.people.domain import preferences
from registrations.models import GroupMembership, PlannedAbsence
from registrations.seats import calendars
from tests.factories import NOW, a_group, a_meeting, a_network, a_partnership, a_person, a_registration

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


def test_person_calendar_has_the_own_group_only_and_no_meeting_to_be_missed():
    network = a_network(meetings=2)
    mine, other = a_group(network), a_group(network)
    for group in (mine, other):
        a_meeting(network, working_group=group, title=group.title, start_time=time(12), end_time=time(15))
    registration = a_registration(network)
    GroupMembership.objects.create(registration=registration, working_group=mine, joined_at=NOW)
    PlannedAbsence.objects.create(
        registration=registration, meeting=network.meetings.own().last(), said_at=NOW
    )
    found = {str(event["uid"]) for event in events(calendars.person_calendar(registration.person, NOW))}
    meetings = [network.meetings.own().first(), mine.meetings.get()]
    assert found == {f"{meeting.uid}@localhost" for meeting in meetings}


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
