"""The public feed of a network: the same meeting everywhere, in its own wall time, and no link to join."""

from datetime import UTC, date, datetime, time

import pytest
from django.urls import reverse
from icalendar import Calendar

from meetings.planning import calendars
from meetings.planning.domain import planning
from tests.factories import NOW, a_meeting, a_network

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/secret"
STELDN = {
    date(2020, 10, 14): datetime(2020, 10, 14, 13, tzinfo=UTC),
    date(2020, 12, 8): datetime(2020, 12, 8, 14, tzinfo=UTC),
    date(2021, 2, 10): datetime(2021, 2, 10, 14, tzinfo=UTC),
    date(2021, 4, 13): datetime(2021, 4, 13, 13, tzinfo=UTC),
    date(2021, 5, 26): datetime(2021, 5, 26, 13, tzinfo=UTC),
}


def events(text):
    return Calendar.from_ical(text).walk("VEVENT")


def test_network_calendar_keeps_wall_time_over_both_changes_of_the_clocks():
    network = a_network(meetings=0)
    for on in STELDN:
        a_meeting(network, on=on)
    found = events(calendars.network_calendar(network))
    assert [event.start.astimezone(UTC) for event in found] == list(STELDN.values())
    assert {event.start.time() for event in found} == {time(9)}
    assert {event["dtstart"].params["TZID"] for event in found} == {"America/New_York"}


def test_network_calendar_describes_every_zone_it_names():
    network = a_network(meetings=1)
    a_meeting(network, zone="America/Chicago")
    calendar = Calendar.from_ical(calendars.network_calendar(network))
    assert {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")} == {
        "America/New_York",
        "America/Chicago",
    }


def test_network_calendar_holds_no_link_to_join():
    network = a_network(meetings=0)
    a_meeting(network, modality="online", join_url=LINK)
    assert LINK not in calendars.network_calendar(network)


def test_uid_stays_and_sequence_rises_when_a_meeting_moves():
    network = a_network()
    meeting = network.meetings.get()
    before = events(calendars.network_calendar(network))[0]
    planning.set_time(
        meeting, on=date(2020, 10, 21), start_time=time(9), end_time=time(12), zone=meeting.zone
    )
    meeting.sequence, meeting.changed_at = 1, NOW
    meeting.save()
    after = events(calendars.network_calendar(network))[0]
    assert (before["uid"], before["sequence"]) == (f"{meeting.uid}@localhost", 0)
    assert (after["uid"], after["sequence"], after["last-modified"].dt) == (before["uid"], 1, NOW)
    assert after.start.date() == date(2020, 10, 21)


def test_a_cancelled_meeting_stays_in_the_feed_as_cancelled():
    network = a_network()
    network.meetings.update(status="cancelled", sequence=1)
    event = events(calendars.network_calendar(network))[0]
    assert (event["status"], str(event["summary"]).split(":")[0]) == ("CANCELLED", "Cancelled")


def test_network_calendar_is_open_to_all(client):
    network = a_network()
    response = client.get(reverse("network_calendar", args=[network.slug]))
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")


def test_network_calendar_of_a_draft_is_not_found(client):
    assert client.get(reverse("network_calendar", args=[a_network(status="draft").slug])).status_code == 404
