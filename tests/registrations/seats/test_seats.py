"""The one way to a seat."""

from datetime import timedelta

import pytest

from registrations.seats.domain import seats, waitlist
from registrations.seats.exceptions import AlreadyRegistered, Full, RegistrationClosed
from tests.factories import NOW, SWEEP, a_network, a_person, a_registration

pytestmark = pytest.mark.django_db


def test_register_waitlists_once_the_network_is_full():
    network = a_network(seats=1)
    first = a_registration(network)
    second = a_registration(network)
    assert list(network.registrations.seated()) == [first]
    assert [(r, r.line) for r in network.registrations.waiting()] == [(second, 1)]


def test_register_refuses_a_second_live_registration():
    network = a_network()
    person = a_person()
    a_registration(network, person)
    with pytest.raises(AlreadyRegistered):
        a_registration(network, person)


def test_register_closes_with_the_first_start():
    network = a_network()
    starts_at = network.meetings.own().get().starts_at
    a_registration(network, at=starts_at - timedelta(seconds=1))
    with pytest.raises(RegistrationClosed, match="closed"):
        a_registration(network, at=starts_at)


def test_register_without_a_waitlist_says_full():
    network = a_network(seats=0, waitlist=False)
    with pytest.raises(Full):
        a_registration(network)


def test_waitlist_seats_the_first_in_line_when_there_is_room():
    network = a_network(seats=1)
    a_registration(network)
    second, third = a_registration(network), a_registration(network)
    network.seats = 2
    network.save()
    assert waitlist.seat_from_waitlist(seats.lock_network(network), by=SWEEP, at=NOW) == [second]
    assert list(network.registrations.waiting()) == [third]


def test_waitlist_is_left_to_staff_48_hours_before_the_first_meeting():
    network = a_network(seats=1)
    a_registration(network)
    a_registration(network)
    network.seats = 2
    network.save()
    late = network.closes_at() - timedelta(hours=48)
    assert waitlist.seat_from_waitlist(seats.lock_network(network), by=SWEEP, at=late) == []
