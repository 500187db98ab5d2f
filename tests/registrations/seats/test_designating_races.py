"""A leader confirms while the answer's time runs out, or says yes and no at once, on PostgreSQL."""

from threading import Barrier

import pytest
from django.db import transaction

from registrations.models import Designation, Registration
from registrations.seats.domain import designating, registering, seats
from registrations.seats.domain.answers import Answers
from stemnet.exceptions import Refused
from tests.factories import NOW, a_network, a_person, a_registration
from tests.races import at_once
from tests.registrations.seats.test_designating import LEADER, codes

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


def a_designee(number):
    network, person = a_network(seats=1), a_person()
    leader = {**LEADER, "leader_email": f"head{number}@example.org"}
    answers = Answers(first_name=person.first_name, last_name=person.last_name, **leader)
    mine = registering.register_person(network=network, person=person, answers=answers, at=NOW)
    waits, one = a_registration(network), mine.designations.get()
    return mine, waits, one, codes(leader["leader_email"])[0]


def faults(outcomes):
    return [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refused)]


def test_yes_and_no_and_the_clock_at_once_fill_the_seat_once():
    for number in range(ROUNDS):
        mine, waits, one, code = a_designee(number)
        at = one.until
        acts = [
            lambda one=one, code=code: designating.confirm(one, code=code, at=NOW),
            lambda one=one, code=code: designating.refuse(one, code=code, at=NOW),
            lambda at=at: designating.sweep_designations(at=at),
        ]
        assert faults(at_once(acts)) == []
        seated = mine.network.registrations.seated().get()
        mine.refresh_from_db()
        assert mine.status == ("withdrawn" if seated == waits else "seated")
        assert seats.occupied(mine.network, at=NOW) == 1


def test_without_the_lock_yes_and_no_fill_the_seat_twice():
    """What the lock forbids: look that it is open, let the other look, then write."""
    mine, waits, one, _code = a_designee(99)
    both_looked = Barrier(2)

    def write(act):
        with transaction.atomic():
            assert Designation.objects.open().filter(pk=one.pk).exists()
            both_looked.wait(timeout=20)
            act()

    seat = {"status": "seated", "seated_at": NOW}
    at_once(
        [
            lambda: write(lambda: Registration.objects.filter(pk=mine.pk).update(**seat)),
            lambda: write(lambda: Registration.objects.filter(pk=waits.pk).update(**seat)),
        ]
    )
    assert mine.network.registrations.seated().count() == 2
