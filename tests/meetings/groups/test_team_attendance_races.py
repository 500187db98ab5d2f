"""Two who mark at once who came to a team's meeting, and somebody who says that they can't come."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError

from meetings.groups.domain import team_attendance, teams
from meetings.models import TeamAttendance
from tests.factories import NOW, a_group, a_meeting, a_person
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return [a_person() for _ in range(4)]


@pytest.fixture
def meeting(people):
    team = a_group(None, kind="advisory_team")
    for person in people:
        teams.join_team(team, person=person, on=NOW.date())
    return a_meeting(working_group=team)


def mark(meeting, people, one):
    listed = [str(person.uid) for person in people]
    words = {"listed": listed, "was_here": [], "here": [str(one.uid)]}
    team_attendance.mark(meeting, **words, by="lead", at=meeting.ends_at - timedelta(minutes=1))


def mark_without_lock(meeting, person, gate):
    """Do what marking must not do: look for a row, then write one, and lock nothing."""
    known = TeamAttendance.objects.filter(meeting=meeting, person=person).first()
    gate.wait(timeout=30)
    if known is None:
        TeamAttendance.objects.create(meeting=meeting, person=person, came=True, marked_at=NOW)


def test_without_the_lock_one_of_two_is_lost(meeting, people):
    gate = threading.Barrier(2)
    outcomes = at_once([lambda: mark_without_lock(meeting, people[0], gate)] * 2)
    assert [type(one) for one in outcomes if one] == [IntegrityError]


def test_all_who_mark_at_once_are_kept_and_so_is_what_somebody_says(meeting, people):
    acts = [lambda one=one: mark(meeting, people, one) for one in people]
    said = {"person": people[0], "at": NOW}
    outcomes = at_once([*acts, lambda: team_attendance.say_absent(meeting, **said)])
    assert sorted(outcomes, key=str) == [None] * 4 + [True]
    rows = TeamAttendance.objects.values_list("person", "came")
    assert dict(rows) == {one.pk: True for one in people}
    assert TeamAttendance.objects.absent().get().person == people[0]
