"""Registering while staff merge the same person's two records, on PostgreSQL: no deadlock, nothing lost."""

import pytest
from django.db import OperationalError

from partners.merging.domain.merging import merge_people
from partners.models import Person
from registrations.models import Registration
from registrations.seats.domain import seats, withdrawing
from registrations.seats.exceptions import RegistrationRefused
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_person, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def merge_while(act):
    """Merge two people, of whom the one that goes has a seat, while ``act`` happens to them."""
    network, by = a_network(seats=5), a_coordinator()
    gone = a_registration(network)
    kept = a_person()

    def merge():
        return merge_people(kept=kept, gone=gone.person, take=set(), by=by, at=NOW)

    return kept, gone, at_once([merge, lambda: act(network, kept, gone)])


def register(network, kept, _gone):
    return a_registration(network, kept)


def leave(_network, _kept, gone):
    return withdrawing.leave_network(gone, by=SWEEP, at=NOW)


def waits_for_the_person(registration):
    """Wait for the row of the person while holding that of the network, as registering did."""
    Person.objects.select_for_update().get(pk=registration.person_id)


@pytest.mark.parametrize("act", [register, leave])
def test_who_registers_or_leaves_while_they_are_merged_has_one_registration_or_is_asked_to_try_again(act):
    for _round in range(ROUNDS):
        kept, gone, outcomes = merge_while(act)
        faults = [one for one in outcomes if isinstance(one, Exception)]
        assert [one for one in faults if not isinstance(one, RegistrationRefused)] == []
        live = Registration.objects.live()
        assert live.filter(person=gone.person).count() == 0
        assert live.filter(person=kept).count() == (0 if act is leave and not faults else 1)


def test_who_waited_for_the_row_would_stop_one_of_the_two(monkeypatch):
    monkeypatch.setattr(seats, "check_is_still_there", waits_for_the_person)
    for _round in range(30):
        _kept, _gone, outcomes = merge_while(register)
        if any(isinstance(one, OperationalError) for one in outcomes):
            return
    pytest.fail("Nothing ever happened at once, so the test above proves nothing.")
