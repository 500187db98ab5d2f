"""The page of a meeting: who may open it, and what each of them sees."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from meetings.groups.domain import teams
from partners.models import Standard, Subject
from registrations.attendance.domain import attendance
from tests.factories import (
    NOW,
    SWEEP,
    a_group,
    a_meeting,
    a_network,
    a_registration,
    a_staff_member,
    a_user,
)

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/this"


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0), modality="online", join_url=LINK)


def text_of(response):
    """What somebody reads in the main part of a page."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def page_of(client, meeting, person=None, *, before=timedelta(hours=12)):
    """The page as somebody sees it, some time before the meeting."""
    if person:
        client.force_login(person.user)
    with time_machine.travel(meeting.starts_at - before, tick=False):
        return client.get(meeting.get_absolute_url())


def test_everyone_reads_the_meeting_of_a_published_network_without_its_link(client, meeting):
    page = text_of(page_of(client, meeting))
    assert "Opening meeting" in page
    assert "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET" in page
    assert "Who is coming" not in page


def test_a_meeting_of_a_draft_is_not_found(client):
    meeting = a_meeting(a_network(meetings=0, status="draft"))
    assert page_of(client, meeting).status_code == 404
    assert page_of(client, meeting, a_staff_member()).status_code == 200


def test_only_the_seated_and_staff_find_the_link_from_the_day_before(client, meeting):
    seated = a_registration(meeting.network, a_user().person).person
    there = [
        LINK in page_of(client, meeting, one).content.decode() for one in (None, a_user().person, seated)
    ]
    assert there == [False, False, True]
    assert LINK in page_of(client, meeting, a_staff_member()).content.decode()
    early = page_of(client, meeting, seated, before=timedelta(hours=40))
    assert LINK not in early.content.decode()


def test_whoever_has_a_seat_says_here_that_they_cant_come_and_that_they_can(client, meeting):
    seated = a_registration(meeting.network, a_user().person).person
    assert "You're coming" in text_of(page_of(client, meeting, seated))
    with time_machine.travel(meeting.starts_at - timedelta(days=2), tick=False):
        told = client.post(f"/learning/meetings/{meeting.uid}/miss/", {"here": "1"})
    assert told["Location"] == meeting.get_absolute_url()
    page = text_of(page_of(client, meeting, seated))
    assert "You said you can't come On Mon, Oct 12, 2020." in page
    assert "0 of 1" in page
    with time_machine.travel(meeting.starts_at - timedelta(days=1), tick=False):
        client.post(f"/learning/meetings/{meeting.uid}/miss/", {"here": "1", "come": "1"})
    assert "You're coming" in text_of(page_of(client, meeting, seated))


def test_afterwards_whoever_came_reads_what_counted(client, meeting):
    registration = a_registration(meeting.network, a_user().person)
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen="present", by=SWEEP, at=meeting.ends_at
    )
    page = text_of(page_of(client, meeting, registration.person, before=timedelta(days=-3)))
    assert "You were here 9:00 a.m. to 12 noon, 3.00 hours." in page
    assert "Who came" not in page
    staff = text_of(page_of(client, meeting, a_staff_member(), before=timedelta(days=-3)))
    assert "Who came 1 of 1" in staff
    assert "3 days ago" in page


def test_a_member_of_a_group_is_registered_at_its_meetings_and_others_arent(client):
    network = a_network(meetings=0)
    group = a_group(network)
    meeting = a_meeting(network, working_group=group, title="Group")
    outside = a_registration(network, a_user().person)
    inside = a_registration(network, a_user().person)
    inside.group_memberships.create(working_group=group, joined_at=inside.requested_at)
    assert "You're coming" not in text_of(page_of(client, meeting, outside.person))
    assert "You're coming" in text_of(page_of(client, meeting, inside.person))


def test_a_member_of_a_team_reads_its_meeting_and_can_say_that_they_cant_come(client):
    team = a_group(None, kind="leadership_team", title="Leadership team")
    meeting = a_meeting(working_group=team)
    member, stranger = a_user().person, a_user().person
    teams.join_team(team, person=member, on=NOW.date())
    page = page_of(client, meeting, member)
    assert ("Leadership team" in text_of(page), "I can't come" in text_of(page)) == (True, True)
    assert page_of(client, meeting, stranger).status_code == 404


def test_staff_are_led_to_the_attendance_desk_and_others_arent(client, meeting):
    seated = a_registration(meeting.network, a_user().person).person
    desk = f"/staff/meetings/{meeting.uid}/"
    assert desk not in page_of(client, meeting, seated).content.decode()
    assert desk in page_of(client, meeting, a_staff_member()).content.decode()


def test_subjects_and_standards_of_the_meeting_alone_are_named(client, meeting):
    page = client.get(meeting.get_absolute_url()).content.decode()
    meeting.subjects.add(Subject.objects.get(code="mathematics"))
    meeting.standards.add(standard := Standard.objects.get(code="HS-PS3-2"))
    about = f"Mathematics; HS-PS3-2 {standard.text}"
    assert (about in page, about in client.get(meeting.get_absolute_url()).content.decode()) == (False, True)
