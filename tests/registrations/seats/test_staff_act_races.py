"""Two staff who act on one person at once, or while the person leaves, on PostgreSQL."""

from threading import Barrier

import pytest
from django.db import transaction

from partners.people.domain import deletion
from registrations.models import Registration, StaffAct
from registrations.seats.domain import moving, reopening, undoing, withdrawing
from stemnet.exceptions import Refused
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def moves(one, network):
    return lambda: moving.move_to_network(one, network, by=SWEEP, at=NOW, reason="Works there")


def faults(outcomes):
    """Return what was raised that is no refusal."""
    return [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)]


def test_two_staff_who_move_one_person_to_two_networks_move_them_once():
    for _round in range(ROUNDS):
        here, north, south = (a_network(seats=1) for _each in range(3))
        one, waits = a_registration(here), a_registration(here)
        outcomes = at_once([moves(one, north), moves(one, south)])
        assert faults(outcomes) == []
        assert Registration.objects.live().filter(person=one.person).count() == 1
        assert here.registrations.seated().get() == waits


def test_without_the_lock_the_same_two_moves_seat_them_twice():
    here, north, south = (a_network(seats=1) for _each in range(3))
    one = a_registration(here)
    both_looked = Barrier(2)

    def write(network):
        """Look, let the other look, then write: what the lock forbids."""
        with transaction.atomic():
            assert Registration.objects.get(pk=one.pk).is_seated
            both_looked.wait(timeout=20)
            Registration.objects.filter(pk=one.pk).update(status="moved")
            row = {"person": one.person, "status": "seated", "requested_at": NOW, "seated_at": NOW}
            Registration.objects.create(network=network, **row)

    at_once([lambda: write(north), lambda: write(south)])
    assert Registration.objects.seated().filter(person=one.person).count() == 2


def test_moving_while_leaving_frees_the_seat_once():
    for _round in range(ROUNDS):
        here, there = a_network(seats=1), a_network()
        one, first, second = (a_registration(here) for _each in range(3))
        outcomes = at_once(
            [moves(one, there), lambda one=one: withdrawing.leave_network(one, by=SWEEP, at=NOW)]
        )
        assert faults(outcomes) == []
        one.refresh_from_db()
        assert there.registrations.seated().count() == (1 if one.status == "moved" else 0)
        assert here.registrations.seated().get() == first
        assert here.registrations.waiting().get() == second


def test_two_who_move_to_each_others_network_wait_for_each_other_in_one_order():
    for _round in range(ROUNDS):
        north, south = a_network(), a_network()
        one, other = a_registration(north), a_registration(south)
        outcomes = at_once([moves(one, south), moves(other, north)])
        assert faults(outcomes) == []
        assert (north.registrations.seated().count(), south.registrations.seated().count()) == (1, 1)


def test_the_last_seat_there_is_given_to_one_of_two():
    for _round in range(ROUNDS):
        here, there = a_network(), a_network(seats=1)
        one, other = a_registration(here), a_registration(here)
        outcomes = at_once([moves(one, there), moves(other, there)])
        assert faults(outcomes) == []
        assert (there.registrations.seated().count(), here.registrations.seated().count()) == (1, 1)


def test_moving_while_their_data_is_deleted_leaves_no_seat_and_no_deadlock():
    for _round in range(ROUNDS):
        here, there = a_network(), a_network()
        one, by = a_registration(here), a_coordinator()

        def delete(one=one, by=by):
            return deletion.remove_person(one.person, reason="Asked", by=by, at=NOW)

        assert faults(at_once([moves(one, there), delete])) == []
        one.person.refresh_from_db()
        live = Registration.objects.live().filter(person=one.person)
        assert live.count() == (0 if one.person.removed_at else 1)


def test_registered_again_by_two_at_once_counts_once():
    for _round in range(ROUNDS):
        one = a_registration(a_network())
        withdrawing.leave_network(one, by=SWEEP, at=NOW)

        def again(one=one):
            return reopening.reopen(one, by=SWEEP, at=NOW, reason="Asked")

        outcomes = at_once([again, again])
        assert faults(outcomes) == []
        assert one.network.registrations.seated().count() == 1
        assert StaffAct.objects.filter(registration=one, kind="reopened").count() == 1


def test_undone_by_two_at_once_is_undone_once():
    for _round in range(ROUNDS):
        here, there = a_network(seats=1), a_network()
        one = a_registration(here)
        act = moving.move_to_network(one, there, by=SWEEP, at=NOW, reason="Works there").staff_acts.get()
        undo = lambda act=act: undoing.undo(act, by=SWEEP, at=NOW)  # noqa: E731
        assert faults(at_once([undo, undo])) == []
        assert one.changes.filter(to_status="seated").count() == 2
