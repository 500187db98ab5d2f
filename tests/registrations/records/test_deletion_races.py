"""Somebody's data is deleted while they register, on PostgreSQL: no registration with a seat is left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.models import Person
from partners.people.domain import deletion
from partners.people.exceptions import DeletionRefused
from registrations.models import Registration
from registrations.seats.domain import registering
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import RegistrationRefused
from stemnet.models import Mail
from tests import factories
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def a_network_ahead(**fields):
    network = factories.a_network(meetings=0, **fields)
    factories.a_meeting(network, on=timezone.localdate() + timedelta(days=30))
    return network


@pytest.mark.parametrize("turn", range(6))
def test_deleting_while_registering_leaves_no_seat(turn):
    networks = [a_network_ahead() for _number in range(3)]
    person = factories.a_user(first_name="Eva", last_name="Stone").person
    factories.a_registration(networks[0], person, at=timezone.now())

    def register(network):
        mine = Person.objects.get(pk=person.pk)
        return registering.register_person(network=network, person=mine, answers=Answers(), at=timezone.now())

    acts = [lambda network=network: register(network) for network in networks[1:]]
    delete = lambda: deletion.remove_person(person, by=person, at=timezone.now())  # noqa: E731
    outcomes = at_once([*acts, delete])
    faults = [
        one for one in outcomes if isinstance(one, Exception) and not isinstance(one, RegistrationRefused)
    ]
    assert faults == []
    assert Registration.objects.live().filter(person=person).count() == 0
    assert not Mail.objects.filter(state="queued", text__contains="Stone").exclude(object="removed").exists()


def test_deleting_twice_at_once_deletes_once():
    person = factories.a_user().person

    def delete():
        return deletion.remove_person(person, by=person, at=timezone.now())

    outcomes = at_once([delete, delete, delete])
    assert sorted(isinstance(one, DeletionRefused) for one in outcomes) == [False, True, True]
