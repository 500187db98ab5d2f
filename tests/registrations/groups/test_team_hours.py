"""Contact hours at meetings of teams: counted, on the pages, on paper, and due where nobody is marked."""

from datetime import time, timedelta
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from meetings.groups.domain import team_attendance, teams
from registrations.credit.domain.team_hours import hours_of, hours_on_team
from registrations.desk.domain import staff_duties
from tests.factories import NOW, a_coordinator, a_group, a_meeting, a_partnership, a_user

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


@pytest.fixture
def lead():
    return a_user(first_name="Team", last_name="Lead").person


@pytest.fixture
def team(lead):
    a_partnership()
    return a_group(None, kind="advisory_team", title="Advisors", lead=lead)


def a_member(team, **names):
    person = a_user(**names).person
    teams.join_team(team, person=person, on=NOW.date())
    return person


def page(person, *args):
    client = Client()
    client.force_login(person.user)
    return client.get(reverse(*args[:1], args=args[1:]))


def mark(meeting, *here, listed=None, by):
    uids = {str(one.uid) for one in here}
    names = {str(one.uid) for one in listed or here}
    team_attendance.mark(meeting, listed=names, was_here=set(), here=uids, by=by, at=meeting.ends_at + LATER)


def minutes(person):
    return {one.team.title: [row.minutes for row in one.meetings] for one in hours_of(person)}


def test_who_came_has_the_hours_of_the_meeting_and_who_did_not_has_none(team, lead):
    came, stayed_away = a_member(team), a_member(team)
    meeting = a_meeting(working_group=team, start_time=time(9), end_time=time(11, 30))
    mark(meeting, came, listed=[came, stayed_away], by=lead)
    assert (minutes(came), minutes(stayed_away)) == ({"Advisors": [150]}, {})


def test_an_instant_of_two_teams_counts_once(team, lead):
    person = a_member(team)
    other = a_group(None, kind="leadership_team", title="Leaders", lead=lead)
    teams.join_team(other, person=person, on=NOW.date())
    first = a_meeting(working_group=team, start_time=time(9), end_time=time(11))
    second = a_meeting(working_group=other, start_time=time(10), end_time=time(12))
    for meeting in (first, second):
        mark(meeting, person, by=lead)
    assert minutes(person) == {"Advisors": [120], "Leaders": [60]}
    assert hours_on_team(other) == [(person, 120)]


def test_a_meeting_that_was_cancelled_counts_nothing(team, lead):
    person = a_member(team)
    meeting = a_meeting(working_group=team)
    mark(meeting, person, by=lead)
    type(meeting).objects.filter(pk=meeting.pk).update(status="cancelled")
    assert minutes(person) == {}


def test_my_learning_shows_them_also_to_who_is_in_no_network(team, lead):
    person = a_member(team)
    mark(
        a_meeting(working_group=team, title="Autumn", start_time=time(9), end_time=time(10, 30)),
        person,
        by=lead,
    )
    shown = unescape(page(person, "learning").content.decode())
    assert "Advisors, 1.5 hours" in shown and "They give no points" in shown
    paper = "".join(
        one.extract_text() for one in PdfReader(BytesIO(page(person, "learning_pdf").content)).pages
    )
    assert "Advisors" in paper and "Autumn" in paper and "1.5 hours" in paper


def test_the_page_of_the_team_shows_them_to_its_lead_only(team, lead):
    person = a_member(team, first_name="Chem", last_name="Teacher")
    mark(a_meeting(working_group=team, start_time=time(9), end_time=time(10, 30)), person, by=lead)
    words = "Contact hours at this team's meetings"
    shown = [words in unescape(page(one, "group", team.uid).content.decode()) for one in (lead, person)]
    assert shown == [True, False]


def test_a_meeting_of_a_team_is_due_until_somebody_is_marked(team, lead):
    meeting, coordinator = a_meeting(working_group=team, title="Autumn"), a_coordinator()
    a_meeting(working_group=team, status="cancelled")
    over = meeting.ends_at + LATER

    def due(at):
        return [list(staff_duties.meetings_due(one, at=at)) for one in (lead, coordinator, a_member(team))]

    assert due(meeting.ends_at - LATER) == [[], [], []]
    assert due(over) == [[meeting], [meeting], []]
    with time_machine.travel(over):
        desk = page(coordinator, "staff").content.decode()
    assert (
        "team meeting isn&#x27;t marked: Autumn" in desk and reverse("team_came", args=[meeting.uid]) in desk
    )
    mark(meeting, listed=[lead], by=lead)
    assert due(over) == [[], [], []]


def test_hours_are_asked_by_one_statement_for_thirty_meetings_as_for_one(team, lead):
    person, counts = a_member(team), []
    for number in (1, 29):
        for _ in range(number):
            mark(a_meeting(working_group=team), person, by=lead)
        with CaptureQueriesContext(connection) as asked:
            assert hours_of(person) and hours_on_team(team)
        counts.append(len(asked))
    assert counts == [2, 2]
