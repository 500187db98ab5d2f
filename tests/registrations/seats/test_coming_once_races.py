"""The last place for guests, and the last one in the room, when many come at once on PostgreSQL."""

import pytest

from meetings.models import Network
from partners.people.domain.organizations import Workplace
from registrations.models import ChosenWay
from registrations.seats.domain import coming_once, seats
from stemnet.exceptions import Refused
from tests.factories import NOW, a_meeting, a_network, a_person
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 6


def rush(meeting, way=""):
    people = [a_person() for _each in range(MANY)]
    common = {"workplace": Workplace(), "way": way, "at": NOW}
    outcomes = at_once([lambda one=one: coming_once.come_signed_in(meeting, one, **common) for one in people])
    assert not [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refused)]
    return meeting.guests.standing().count()


def a_room(*, places, guest_places):
    network = a_network(meetings=0, takes_guests=True, guest_places=guest_places)
    return a_meeting(network, modality="hybrid", room_seats=places)


def test_the_last_place_in_the_room_and_the_last_guest_are_one():
    for _round in range(3):
        meeting = a_room(places=1, guest_places=20)
        assert rush(meeting, "room") == ChosenWay.objects.filter(meeting=meeting).count() == 1
        meeting = a_room(places=20, guest_places=1)
        assert rush(meeting, "room") == 1


def test_without_the_lock_more_come(monkeypatch):
    monkeypatch.setattr(seats, "lock_network_of", lambda uid: Network.objects.get(meetings__uid=uid))
    assert any(rush(a_room(places=20, guest_places=1), "room") > 1 for _round in range(10))
