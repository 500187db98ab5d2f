"""A team's own meeting on the pages, in calendars and reminders of those who say that they can't come."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetings.groups.domain import team_attendance, teams
from meetings.models import TeamAttendance
from registrations.seats.calendars import person_calendar
from registrations.seats.domain import reminding, team_meetings
from stemnet.models import Mail, MailClass
from tests.factories import NOW, a_coordinator, a_group, a_meeting, a_network, a_partnership, a_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lead():
    return a_user(first_name="Team", last_name="Lead").person


@pytest.fixture
def team(lead):
    a_partnership()
    return a_group(None, kind="advisory_team", title="Advisors", lead=lead)


@pytest.fixture
def meeting(team):
    return a_meeting(working_group=team, title="Autumn")


def a_member(team, **names):
    person = a_user(**names).person
    teams.join_team(team, person=person, on=NOW.date())
    return person


def signed_in(person):
    client = Client()
    client.force_login(person.user)
    return client


def reminded():
    queued = Mail.objects.queued().filter(mail_class=MailClass.REMINDER)
    return set(queued.values_list("recipient", flat=True))


def recipients(*people):
    return {f"person:{one.uid}" for one in people}


def test_who_cannot_come_gets_no_reminder_and_the_others_do(team, meeting, lead):
    absent, member, back = (a_member(team) for _ in range(3))
    for person in (absent, back):
        team_meetings.miss_meeting(person, meeting, at=NOW)
    team_meetings.come_after_all(back, meeting, at=NOW)
    reminding.sweep_reminders(at=meeting.starts_at - DAY)
    assert reminded() == recipients(member, back, lead)


def test_a_reminder_that_waits_is_called_off(team, meeting, lead):
    absent = a_member(team)
    reminding.sweep_reminders(at=meeting.starts_at - DAY)
    assert reminded() == recipients(absent, lead)
    team_meetings.miss_meeting(absent, meeting, at=meeting.starts_at - DAY)
    assert reminded() == recipients(lead)


def test_the_next_meeting_is_reminded_of_all_the_same(team, meeting):
    absent = a_member(team)
    other = a_meeting(working_group=team, on=meeting.on + 14 * DAY)
    team_meetings.miss_meeting(absent, meeting, at=NOW)
    reminding.sweep_reminders(at=other.starts_at - DAY)
    assert recipients(absent) <= reminded()


def test_the_calendar_says_that_one_does_not_come_and_counts_the_change_once(team, meeting):
    member = a_member(team)
    before = person_calendar(member, NOW)
    for _ in range(2):
        team_meetings.miss_meeting(member, meeting, at=NOW)
    missed = person_calendar(member, NOW)
    team_meetings.come_after_all(member, meeting, at=NOW)
    back = person_calendar(member, NOW)
    assert ["STATUS:CONFIRMED" in text for text in (before, missed, back)] == [True, False, True]
    assert ["SEQUENCE:1" in text for text in (missed, back)] == [True, False]
    assert "SEQUENCE:2" in back


def test_a_member_says_so_on_the_page_of_the_meeting_and_takes_it_back(team, meeting):
    member = a_member(team)
    client, address = signed_in(member), reverse("miss_meeting", args=[meeting.uid])
    with time_machine.travel(NOW):
        assert b"re coming" in client.get(meeting.get_absolute_url()).content
        answers = [client.post(address, {"here": "1"}) for _ in range(2)]
        assert [one.url for one in answers] == [meeting.get_absolute_url()] * 2
        html = client.get(meeting.get_absolute_url()).content.decode()
        assert ("I can come after all" in html, "seat" in html) == (True, False)
        assert TeamAttendance.objects.absent().get().person == member
        client.post(address, {"here": "1", "come": "1"})
    assert not TeamAttendance.objects.absent().exists()


def test_a_former_member_and_a_coordinator_are_asked_for_no_answer(team, meeting):
    former, coordinator = a_member(team), a_coordinator()
    teams.leave_team(team, person=former, on=NOW.date(), at=NOW)
    for person in (former, coordinator):
        answer = signed_in(person).post(reverse("miss_meeting", args=[meeting.uid]))
        assert answer.status_code == 404
    with time_machine.travel(NOW):
        page = signed_in(coordinator).get(meeting.get_absolute_url())
    assert b"I can" not in page.content


def test_too_late_is_a_sentence_and_changes_nothing(team, meeting):
    client = signed_in(a_member(team))
    with time_machine.travel(meeting.ends_at + DAY):
        page = client.post(reverse("miss_meeting", args=[meeting.uid]), {"here": "1"}, follow=True)
    assert b"This meeting is over or was cancelled." in page.content
    assert not TeamAttendance.objects.exists()


def test_the_page_of_the_team_says_who_cannot_come_and_who_came(team, meeting, lead):
    came, absent = a_member(team, last_name="Here"), a_member(team, last_name="Away")
    with time_machine.travel(NOW):
        client = signed_in(absent)
        answer = client.post(reverse("miss_meeting", args=[meeting.uid]), {"group": "1"})
        assert answer.url == team.get_absolute_url()
        html = signed_in(lead).get(team.get_absolute_url()).content.decode()
    assert ("2 are coming" in html, f"{absent}" in html.partition("come:")[2]) == (True, True)
    people = {str(one.uid) for one in (came, absent, lead)}
    words = {"listed": people, "was_here": (), "here": {str(came.uid)}}
    team_attendance.mark(meeting, **words, by=lead, at=meeting.ends_at)
    with time_machine.travel(meeting.ends_at + DAY):
        pages = [signed_in(one).get(team.get_absolute_url()).content.decode() for one in (lead, absent)]
        own = [signed_in(one).get(meeting.get_absolute_url()).content.decode() for one in (came, absent)]
    assert [f"1 of 3 came: {came}" in " ".join(page.split()) for page in pages] == [True, True]
    assert ["Mark who came" in page for page in pages] == [True, False]
    assert ["You were here" in page for page in own] == [True, False]


def test_a_group_of_a_network_marks_nobody_here(lead):
    network = a_network(meetings=0)
    group = a_group(network, lead=lead)
    meeting = a_meeting(network, working_group=group)
    assert signed_in(lead).get(reverse("team_came", args=[meeting.uid])).status_code == 404
