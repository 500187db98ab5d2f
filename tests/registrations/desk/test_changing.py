"""Snow day in the browser: form, preview, confirmation."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from meetings.models import MeetingChange
from registrations.attendance.domain import attendance
from registrations.models import Seen
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_group, a_meeting, a_network, a_registration, a_staff_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def network(client):
    client.force_login(a_staff_member().user)
    return a_network(meetings=0)


@pytest.fixture
def meeting(network):
    return a_meeting(network)


def send(client, network, meetings, what, **fields):
    url = reverse("staff_change_meetings", args=[network.slug])
    return client.post(url, {"meetings": [one.uid for one in meetings], "what": what, **fields})


def test_the_form_lists_the_meetings_of_groups_too(client, network, meeting):
    a_meeting(network, title="Of a group", working_group=a_group(network))
    html = client.get(reverse("staff_change_meetings", args=[network.slug])).content.decode()
    assert ("Opening meeting" in html, "Of a group" in html, "checked" in html) == (True, True, False)


def test_the_preview_counts_shows_the_mail_and_changes_nothing(client, network, meeting):
    for _ in range(3):
        a_registration(network)
    before = Mail.objects.count()
    html = send(client, network, [meeting], "cancelled", reason="Snow").content.decode()
    assert ("3 people get an e-mail" in html, "Why: Snow" in html) == (True, True)
    meeting.refresh_from_db()
    assert (meeting.status, MeetingChange.objects.count(), Mail.objects.count()) == ("scheduled", 0, before)


def test_confirming_does_it_once_however_often_it_is_sent(client, network, meeting):
    a_registration(network)
    for _ in range(2):
        assert send(client, network, [meeting], "cancelled", confirm="yes").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence) == ("cancelled", 1)
    assert Mail.objects.filter(key__startswith="meetings_changed").count() == 1


def test_several_meetings_at_once_are_one_mail_each(client, network, meeting):
    group = a_meeting(network, working_group=a_group(network), title="Afterwards")
    a_registration(network)
    send(client, network, [meeting, group], "rescheduled", on="2020-10-21", confirm="yes")
    group.refresh_from_db()
    assert group.on == date(2020, 10, 21)
    assert Mail.objects.filter(key__startswith="meetings_changed").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Type the new date or time."),
        ({"on": "2021-03-14", "start_time": "02:30"}, "and 02:30 doesn&#x27;t exist that day"),
        ({"on": "2020-11-01", "start_time": "01:30"}, "01:30 comes twice that day"),
        ({"zone": "America/Boston"}, "a time zone we know"),
        ({"start_time": "13:00"}, "end before it starts"),
        ({"on": "2020-09-01"}, "That time has passed."),
        ({"on": "the day after"}, "Enter a valid date."),
    ],
)
def test_a_new_time_that_cannot_be_is_said_at_its_field(client, network, meeting, fields, words):
    response = send(client, network, [meeting], "rescheduled", confirm="yes", **fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)
    assert not MeetingChange.objects.exists()


@pytest.mark.parametrize(
    ("what", "fields", "words"),
    [
        ("moved_online", {}, "has no link to join yet"),
        ("moved_online", {"online_url": "not a link"}, "Enter a valid URL."),
        ("place", {}, "Type what&#x27;s new"),
        ("explode", {}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said(client, network, meeting, what, fields, words):
    response = send(client, network, [meeting], what, **fields)
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_a_meeting_of_another_network_cannot_be_chosen(client, network, meeting):
    other = a_meeting(a_network(meetings=0))
    assert send(client, network, [other], "cancelled", confirm="yes").status_code == 422
    assert send(client, network, [], "cancelled", confirm="yes").status_code == 422
    other.refresh_from_db()
    assert not other.is_cancelled


def test_attendance_that_was_taken_wants_a_reason(client, network, meeting):
    registration = a_registration(network)
    at = meeting.starts_at
    attendance.mark_attendance(registration=registration, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=at)
    response = send(client, network, [meeting], "cancelled", confirm="yes")
    assert "Say why you&#x27;re changing it." in response.content.decode()
    assert send(client, network, [meeting], "cancelled", reason="Snow", confirm="yes").status_code == 302


def test_a_new_room_and_back_from_online(client, network, meeting):
    send(client, network, [meeting], "moved_online", online_url="https://video.example.org/1", confirm="yes")
    send(client, network, [meeting], "place", modality="in_person", venue="Marlborough", confirm="yes")
    meeting.refresh_from_db()
    assert (meeting.modality, meeting.venue, meeting.moved_online) == ("in_person", "Marlborough", False)
    assert meeting.sequence == 2


def test_a_whole_day_is_chosen_by_one_link(client, network, meeting):
    afterwards = a_meeting(network, working_group=a_group(network), title="Afterwards")
    other = a_meeting(network, on=date(2020, 12, 8), title="Another day")
    url = reverse("staff_change_meetings", args=[network.slug])
    page = client.get(url)
    (link,) = re.findall(r'href="([?]meeting=[^"]+)"', page.content.decode())
    days = client.get(url + unescape(link)).context["coming"]
    ticked = {one.pk: is_ticked for day in days for one, is_ticked in day["rows"]}
    assert ticked == {meeting.pk: True, afterwards.pk: True, other.pk: False}
