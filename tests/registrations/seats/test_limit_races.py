"""Limits, places and reserved seats when many act at once on PostgreSQL; without the lock they fail."""

import pytest
from django.db import transaction

from registrations.models import ChosenWay, Registration, SeatInvitation
from registrations.seats.domain import limits, naming, reserving, seats, ways
from registrations.seats.exceptions import RegistrationsRefused
from tests.factories import (
    NOW,
    SWEEP,
    a_meeting,
    a_network,
    a_person,
    a_position,
    a_registration,
    an_organization,
)
from tests.registrations.seats.test_seat_races import at_once, many_people

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
THREADS = 8


def unlocked(monkeypatch):
    """Let no network's row be locked, as somebody might forget to."""
    monkeypatch.setattr(seats, "lock_network", lambda network: type(network).objects.get(pk=network.pk))


def goes(act):
    """Return whether ``act`` was done or refused."""
    try:
        with transaction.atomic():
            act()
    except RegistrationsRefused:
        return False
    return True


def hybrid(places=1):
    network = a_network(meetings=0, seats=100)
    meeting = a_meeting(network, modality="hybrid", room_seats=places)
    return meeting, [a_registration(network) for _each in range(THREADS)]


def rush_into(meeting, people):
    at_once(lambda one: goes(lambda: ways.choose_way(one, meeting, "room", at=NOW)), people, threads=THREADS)
    return ChosenWay.objects.filter(meeting=meeting, way="room").count()


def test_the_last_place_in_the_room_is_given_once():
    for _run in range(3):
        assert rush_into(*hybrid()) == 1


def test_without_the_lock_the_room_is_overfilled(monkeypatch):
    unlocked(monkeypatch)
    assert any(rush_into(*hybrid()) > 1 for _run in range(20))


def rush_from(organization, network):
    people = many_people(THREADS)
    positions = {one.pk: a_position(one, organization=organization) for one in people}
    at_once(
        lambda one: goes(lambda: a_registration(network, one, position=positions[one.pk])),
        people,
        threads=THREADS,
    )
    return network.registrations.seated().count()


def test_the_last_seat_of_an_organization_is_given_once():
    network = a_network(each_organization=2, seats=100)
    assert rush_from(an_organization(), network) == 2
    assert network.registrations.waiting().filter(limited_by="organization").count() == THREADS - 2


def test_without_the_lock_an_organization_gets_more(monkeypatch):
    unlocked(monkeypatch)
    organization = an_organization()
    assert any(rush_from(organization, a_network(each_organization=2, seats=100)) > 2 for _run in range(20))


def test_naming_while_giving_back_uses_each_seat_once():
    for _run in range(3):
        network = a_network(seats=4)
        given = {"number": 4, "until": None, "by": SWEEP, "at": NOW}
        one = reserving.reserve_seats(network, an_organization(), **given)
        by = a_person()

        def act(step, one=one, by=by):
            who = {
                "address": f"p{step}@example.org",
                "first_name": "A",
                "last_name": "B",
                "by": by,
                "at": NOW,
            }
            if step % 2:
                return goes(lambda: naming.name_colleague(one, **who))
            return goes(lambda: reserving.give_back(one, number=1, by=by, at=NOW))

        done = at_once(act, list(range(THREADS)), threads=THREADS)
        one.refresh_from_db()
        named = SeatInvitation.objects.filter(reservation=one).count()
        back = 0 if one.given_back_at and not named else 4 - one.seats
        assert done.count(True) == 4
        assert named <= one.seats or one.given_back_at
        assert back + named <= 4


def test_200_for_50_seats_over_three_quotas_are_exact():
    network = a_network(seats=50, each_organization=4)
    network.sector_limits.create(sector="business", at_most=10)
    schools = [an_organization(sector="school") for _each in range(20)]
    firms = [an_organization(sector="business") for _each in range(20)]
    people = many_people(200)
    places = [*schools, *firms]
    positions = {one.pk: a_position(one, organization=places[n % 40]) for n, one in enumerate(people)}
    at_once(lambda one: a_registration(network, one, position=positions[one.pk]), people)
    seated = Registration.objects.seated().filter(network=network)
    assert (seated.count(), network.registrations.waiting().count()) == (50, 150)
    assert seated.filter(position__organization__sector="business").count() <= 10
    assert max(seated.filter(position__organization=place).count() for place in places) <= 4
    left = limits.count(network, at=NOW)
    assert left.by_sector["business"] + left.by_sector["school"] == 50
