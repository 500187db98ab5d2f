"""Many at once on PostgreSQL: the last place is given once, and nobody is in one group too many."""

from threading import Barrier

import pytest
from django.db import transaction

from meetings.groups.domain import teams
from meetings.models import TeamMember, WorkingGroup
from registrations.groups.domain import joining
from registrations.models import GroupMembership
from registrations.seats.domain import groups
from stemnet.exceptions import Refused
from tests.factories import NOW, a_coordinator, a_group, a_network, a_person, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, Refused)]


def join_without_lock(registration, group, gate):
    """Do what joining must not do: look for a place, then take it, and lock nothing."""
    with transaction.atomic():
        free = groups.has_room(group)
        gate.wait(timeout=30)
        return groups.join_group(registration, group, at=NOW) if free else None


def test_without_the_lock_the_last_place_is_given_twice():
    network = a_network()
    group, gate = a_group(network, places=1), Barrier(2)
    people = [a_registration(network) for _each in range(2)]
    at_once([lambda one=one: join_without_lock(one, group, gate) for one in people])
    assert groups.members(group) == 2


def test_the_last_place_of_a_group_goes_to_one_of_two():
    network = a_network()
    group = a_group(network, places=1)
    people = [a_registration(network).person for _each in range(6)]
    outcomes = at_once([lambda one=one: joining.join(group, one, at=NOW) for one in people])
    assert (groups.members(group), len(refused(outcomes))) == (1, 5)


def test_the_last_place_of_a_team_goes_to_one_of_two():
    team = a_group(None, kind="local_team", places=1)
    people = [a_person() for _each in range(6)]
    outcomes = at_once([lambda one=one: teams.join_team(team, person=one, on=NOW.date()) for one in people])
    assert (TeamMember.objects.current().count(), len(refused(outcomes))) == (1, 5)


def test_somebody_who_joins_several_groups_at_once_is_in_one():
    network = a_network()
    person = a_registration(network).person
    found = [a_group(network) for _each in range(5)]
    outcomes = at_once([lambda one=one: joining.join(one, person, at=NOW) for one in found])
    assert (GroupMembership.objects.current().count(), len(refused(outcomes))) == (1, 4)


def test_two_answers_to_one_request_are_one():
    network, by = a_network(), a_coordinator()
    group, person = a_group(network, joining="by_request"), a_registration(network).person
    asked = joining.ask(group, person, words="", at=NOW)
    answers = [lambda yes=yes: joining.answer(asked, accepted=yes, by=by, at=NOW) for yes in (True, False)]
    outcomes = at_once(answers)
    asked.refresh_from_db()
    assert len(refused(outcomes)) == 1
    assert GroupMembership.objects.current().exists() == (asked.answer == "accepted")


def test_asking_twice_at_once_is_one_request():
    network = a_network()
    group, person = a_group(network, joining="by_request"), a_registration(network).person
    outcomes = at_once([lambda: joining.ask(group, person, words="", at=NOW)] * 4)
    assert (WorkingGroup.objects.get().requests.count(), len(refused(outcomes))) == (1, 3)
