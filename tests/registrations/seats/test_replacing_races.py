"""A seat that is handed on while it is given up, or taken twice, on PostgreSQL."""

from threading import Barrier

import pytest
from django.db import transaction

from registrations.models import Registration
from registrations.seats.domain import replacing, withdrawing
from registrations.seats.domain.answers import Answers
from stemnet.exceptions import Refused
from tests.factories import NOW, SWEEP, a_network, a_person, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def asked(registration):
    return replacing.ask(registration, address="bo@example.org", first_name="Bo", last_name="R", at=NOW)


def accepts(one):
    typed = Answers(address=one.address, first_name="Bo", last_name="R")
    return lambda: replacing.accept(one, typed, at=NOW)


def test_leaving_and_taking_at_once_fill_the_seat_once():
    for _round in range(ROUNDS):
        network = a_network(seats=1)
        mine, waits = a_registration(network), a_registration(network)
        one = asked(mine)
        at_once([accepts(one), lambda mine=mine: withdrawing.leave_network(mine, by=SWEEP, at=NOW)])
        seated = network.registrations.seated().get()
        mine.refresh_from_db()
        assert mine.status == ("withdrawn" if seated == waits else "transferred")


def test_taken_in_two_tabs_at_once_makes_one_registration():
    for _round in range(ROUNDS):
        network = a_network(seats=1)
        one = asked(a_registration(network))
        outcomes = at_once([accepts(one), accepts(one)])
        assert not [
            each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refused)
        ]
        assert network.registrations.count() == 2


def test_without_the_lock_the_same_two_acts_fill_the_seat_twice():
    network = a_network(seats=1)
    mine, waits = a_registration(network), a_registration(network)
    both_looked = Barrier(2)

    def write(status, then):
        """Look, let the other look, then write: what the lock forbids."""
        with transaction.atomic():
            assert Registration.objects.get(pk=mine.pk).is_seated
            both_looked.wait(timeout=20)
            Registration.objects.filter(pk=mine.pk).update(status=status)
            then()

    def seat_bo():
        row = {"person": a_person(), "status": "seated", "requested_at": NOW, "seated_at": NOW}
        Registration.objects.create(network=network, **row)

    def seat_next():
        Registration.objects.filter(pk=waits.pk).update(status="seated", seated_at=NOW)

    at_once([lambda: write("transferred", seat_bo), lambda: write("withdrawn", seat_next)])
    assert network.registrations.seated().count() == 2
