"""Telling people that a place in the room is free, when several act at once on PostgreSQL."""

from datetime import timedelta

import pytest

from registrations.models import ChosenWay, PlaceWish
from registrations.seats.domain import place_wishes, seats, ways, withdrawing
from registrations.seats.exceptions import WayRefused
from stemnet.models import Mail
from tests.factories import NOW, a_registration
from tests.races import at_once
from tests.registrations.seats.test_place_wishes import addresses, full_room, told

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SWEEPS, ROUNDS = 6, 4


def freed(number=3):
    """A room with one place that was given up, and ``number`` who asked to be told."""
    meeting, first, others = full_room(number)
    withdrawing.miss_meeting(first, meeting, at=NOW)
    return meeting, first, others


def sweeps():
    """Let the clock come round on several machines at once; return how many each says it told."""
    moments = [NOW + timedelta(seconds=step) for step in range(SWEEPS)]
    return at_once([lambda at=at: place_wishes.sweep_wishes(at=at) for at in moments])


def test_several_sweeps_at_once_tell_everyone_once():
    for _round in range(ROUNDS):
        Mail.objects.all().delete()
        _meeting, _first, others = freed()
        assert sorted(sweeps()) == [*[0] * (SWEEPS - 1), len(others)]
        assert sorted(told()) == sorted(addresses(*others))


def test_without_the_lock_several_sweeps_tell_the_same_people(monkeypatch):
    monkeypatch.setattr(seats, "lock_network", lambda network: type(network).objects.get(pk=network.pk))
    for _round in range(20):
        _meeting, _first, others = freed()
        if sum(one for one in sweeps() if isinstance(one, int)) > len(others):
            return
    pytest.fail("Nothing ever happened at once, so the test with the lock proves nothing.")


def take_while_told():
    """Let all who asked take the one place while the clock tells them: who got it, and who reads what."""
    meeting, _first, others = freed()
    choices = [lambda one=one: ways.choose_way(one, meeting, "room", at=NOW) for one in others]
    return meeting, others, at_once([*choices, lambda: place_wishes.sweep_wishes(at=NOW)])


def test_a_place_that_is_taken_while_people_are_told_is_taken_once_and_who_is_late_asks_again():
    for _round in range(ROUNDS):
        meeting, others, outcomes = take_while_told()
        refused = [one for one in outcomes if isinstance(one, WayRefused)]
        assert [one for one in outcomes if isinstance(one, Exception) and one not in refused] == []
        taken = ChosenWay.objects.counted().filter(meeting=meeting, way="room").count()
        assert (len(refused), taken) == (len(others) - 1, 1)
        late = [one for one in others if not one.chosen_ways.filter(way="room").exists()]
        for one in late:
            place_wishes.ask(one, meeting, "room", at=NOW + timedelta(hours=1))
        assert PlaceWish.objects.filter(meeting=meeting, told_at=None).count() == len(late)


def ask_while_it_frees():
    """Let somebody ask in the moment in which the place frees: who, and what came of their asking."""
    meeting, first, _others = full_room(0)
    one = a_registration(meeting.network)
    asked = []

    def ask():
        try:
            asked.append(place_wishes.ask(one, meeting, "room", at=NOW))
        except WayRefused as refused:
            asked.append(refused)

    free = lambda: withdrawing.miss_meeting(first, meeting, at=NOW)  # noqa: E731
    outcomes = at_once([ask, free, lambda: place_wishes.sweep_wishes(at=NOW)])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    return one, asked[0]


def test_who_asks_in_the_moment_in_which_a_place_frees_is_told_or_reads_that_it_is_free():
    for _round in range(ROUNDS):
        Mail.objects.all().delete()
        one, asked = ask_while_it_frees()
        place_wishes.sweep_wishes(at=NOW + timedelta(minutes=1))
        assert told() == ([] if isinstance(asked, WayRefused) else addresses(one))
