"""Meetings of teams: who can't come, who came, and who is told of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.groups.domain import team_attendance, teams
from meetings.groups.exceptions import NotOnTheTeam, TeamMeetingRefused
from meetings.models import TeamAttendance, meeting_roles
from partners.merging.domain import merging
from tests.factories import NOW, a_coordinator, a_group, a_meeting, a_partnership, a_person, a_user

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


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
    teams.join_team(team, person=person, on=TODAY)
    return person


def uids(*people):
    return {str(one.uid) for one in people}


def mark(meeting, listed, *, here=(), was_here=(), by="lead", at=None):
    words = {"listed": uids(*listed), "here": uids(*here), "was_here": uids(*was_here)}
    team_attendance.mark(meeting, **words, by=by, at=at or meeting.ends_at)


def marks():
    return dict(TeamAttendance.objects.values_list("person", "came"))


def page_of(meeting, person, at):
    client = Client()
    client.force_login(person.user)
    with time_machine.travel(at):
        return client.get(meeting.get_absolute_url())


def test_who_says_twice_that_they_cannot_come_is_absent_since_the_first_time(team, meeting):
    member = a_member(team)
    said = [team_attendance.say_absent(meeting, person=member, at=NOW + timedelta(days=n)) for n in range(2)]
    assert (said, TeamAttendance.objects.get().said_absent_at) == ([True, False], NOW)
    back = [team_attendance.come_after_all(meeting, person=member, at=NOW) for _ in range(2)]
    assert (back, TeamAttendance.objects.get().said_absent_at) == ([True, False], None)


def test_nobody_says_so_once_the_meeting_is_over_or_from_outside(team, meeting):
    member = a_member(team)
    with pytest.raises(TeamMeetingRefused, match="over or was cancelled"):
        team_attendance.say_absent(meeting, person=member, at=meeting.ends_at)
    with pytest.raises(NotOnTheTeam):
        team_attendance.say_absent(meeting, person=a_person(), at=NOW)
    assert not TeamAttendance.objects.exists()


def test_two_who_save_at_once_lose_nothing(team, meeting):
    people = [a_member(team, last_name=name) for name in ("Adams", "Burns", "Clark")]
    adams, burns, clark = people
    mark(meeting, people, here=[adams])
    mark(meeting, people, here=[burns])
    assert marks() == {adams.pk: True, burns.pk: True, clark.pk: False}
    mark(meeting, people, was_here=[adams, burns], here=[burns])
    mark(meeting, people, was_here=[adams, burns], here=[adams, burns, clark])
    assert marks() == {adams.pk: False, burns.pk: True, clark.pk: True}


def test_who_came_is_marked_from_the_beginning_of_a_meeting_that_stands(team, meeting):
    member = a_member(team)
    with pytest.raises(TeamMeetingRefused, match="once the meeting has started"):
        mark(meeting, [member], here=[member], at=meeting.starts_at - timedelta(minutes=1))
    meeting.status = meeting.Status.CANCELLED
    meeting.save()
    with pytest.raises(TeamMeetingRefused, match="was cancelled"):
        mark(meeting, [member], here=[member])


def test_those_on_the_team_on_that_day_are_listed(team, meeting, lead):
    stays, left, came_and_left, later = (a_member(team, last_name=name) for name in "abcd")
    for person in (left, came_and_left):
        teams.leave_team(team, person=person, on=TODAY, at=NOW)
    teams.leave_team(team, person=later, on=TODAY, at=NOW)
    teams.join_team(team, person=later, on=meeting.on + timedelta(days=1))
    TeamAttendance.objects.create(meeting=meeting, person=came_and_left, came=True, marked_at=NOW)
    assert list(team_attendance.people_of(meeting)) == [stays, came_and_left, lead]


def test_who_came_has_attended_the_meeting_even_after_leaving(team, meeting):
    member, absent = a_member(team), a_member(team)
    mark(meeting, [member, absent], here=[member])
    teams.leave_team(team, person=member, on=meeting.on, at=meeting.ends_at)
    seen = [meeting_roles.seen_by(one).get(pk=meeting.pk).has_attended for one in (member, absent)]
    assert seen == [True, False]


def test_the_page_names_those_who_cannot_come_to_members_and_the_lead(team, meeting, lead):
    absent, member = a_member(team, last_name="Absent"), a_member(team)
    team_attendance.say_absent(meeting, person=absent, at=NOW)
    for reader in (lead, member):
        html = page_of(meeting, reader, NOW).content.decode()
        assert "2 of 3" in html
        assert str(absent) in html.partition("Said they can")[2]


def test_afterwards_the_page_names_who_came_but_to_former_members_only_how_many(team, meeting, lead):
    came, other = a_member(team, last_name="Here"), a_member(team, last_name="Notthere")
    former = a_member(team, last_name="Former")
    mark(meeting, [came, other, former, lead], here=[came, former])
    teams.leave_team(team, person=former, on=meeting.on, at=meeting.ends_at)
    later = meeting.ends_at + timedelta(days=1)
    texts = [page_of(meeting, one, later).content.decode() for one in (lead, other, former)]
    assert ["2 of 4" in text for text in texts] == [True, True, True]
    assert [str(came) in text for text in texts] == [True, True, False]
    assert ["Mark who came" in text for text in texts] == [True, False, False]


def test_the_lead_marks_on_a_page_that_works_without_scripts(team, meeting, lead):
    came, absent = a_member(team), a_member(team)
    client = Client()
    client.force_login(lead.user)
    address = reverse("team_came", args=[meeting.uid])
    with time_machine.travel(meeting.ends_at):
        assert b"Check everyone who was there" in client.get(address).content
        typed = {"listed": [came.uid, absent.uid, "nonsense"], "here": [came.uid, "nonsense"]}
        answers = [client.post(address, typed) for _ in range(2)]
    assert [one.url for one in answers] == [meeting.get_absolute_url()] * 2
    assert marks() == {came.pk: True, absent.pk: False}
    assert set(TeamAttendance.objects.values_list("marked_by_name", flat=True)) == {str(lead)}


def test_before_the_meeting_the_page_says_when_one_can_mark(team, meeting, lead):
    client = Client()
    client.force_login(lead.user)
    address = reverse("team_came", args=[meeting.uid])
    with time_machine.travel(NOW):
        assert b"once the meeting has started" in client.get(address).content
        assert b"once the meeting has started" in client.post(address, follow=True).content


def test_a_member_does_not_mark(team, meeting):
    client = Client()
    client.force_login(a_member(team).user)
    assert client.get(reverse("team_came", args=[meeting.uid])).status_code == 404


def test_pages_ask_equally_often_for_one_member_and_for_thirty(team, meeting, lead):
    def asked(at):
        counts = []
        client = Client()
        client.force_login(lead.user)
        for address in (
            meeting.get_absolute_url(),
            team.get_absolute_url(),
            reverse("team_came", args=[meeting.uid]),
        ):
            with time_machine.travel(at, tick=True):
                client.get(address)
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    moments = [NOW, meeting.ends_at]

    def add():
        member = a_member(team)
        team_attendance.say_absent(meeting, person=a_member(team), at=NOW)
        mark(meeting, [member], here=[member])

    add()
    one = [asked(at) for at in moments]
    for _ in range(29):
        add()
    assert [asked(at) for at in moments] == one
    assert max(counts[0] for counts in one) <= 12


def test_merged_people_keep_what_either_said_and_the_mark_that_they_came(team, meeting):
    other = a_meeting(working_group=team, on=meeting.on + timedelta(days=7))
    kept, gone = a_member(team), a_person()
    teams.join_team(team, person=gone, on=TODAY)
    mark(meeting, [kept], by="One")
    TeamAttendance.objects.create(
        meeting=meeting, person=gone, said_absent_at=NOW, came=True, marked_by_name="Two", marked_at=NOW
    )
    TeamAttendance.objects.create(meeting=other, person=gone, said_absent_at=NOW)
    before = list(TeamAttendance.objects.order_by("pk").values())
    merge = merging.merge_people(kept=kept, gone=gone, take=set(), by=a_coordinator(), at=NOW)
    rows = kept.team_attendance.order_by("meeting__starts_at")
    assert list(rows.values_list("meeting", "said_absent_at", "came", "marked_by_name")) == [
        (meeting.pk, NOW, True, "Two"),
        (other.pk, NOW, None, ""),
    ]
    merging.undo(merge, at=NOW)
    assert list(TeamAttendance.objects.order_by("pk").values()) == before
