"""A substitute accepts while it is taken back, or in two tabs, on PostgreSQL; without the lock both come."""

from threading import Barrier

import pytest
from django.db import transaction

from meetings.models import Network
from partners.people.domain.organizations import Workplace
from registrations.models import MeetingGuest, PlannedAbsence, Registration, Substitute
from registrations.seats.domain import substituting, withdrawing
from stemnet.exceptions import Refused
from tests.factories import NOW, SWEEP, a_network, a_person, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
WHO = substituting.Who(first_name="Science lead", last_name="Bourne", workplace=Workplace())


def asked(mine):
    names = {"first_name": "Science lead", "last_name": "Bourne"}
    return substituting.ask(mine, mine.network.meetings.get(), address="bo@example.org", **names, at=NOW)


def accepts(one):
    return lambda: substituting.accept(one, WHO, at=NOW)


def faults(outcomes):
    return [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refused)]


def test_accepted_while_it_is_taken_back_one_of_the_two_comes():
    for _round in range(ROUNDS):
        mine = a_registration(a_network())
        one, meeting = asked(mine), mine.network.meetings.get()
        outcomes = at_once([accepts(one), lambda one=one: substituting.take_back(one, at=NOW)])
        assert faults(outcomes) == []
        assert list(Registration.objects.expected_at(meeting)) == [mine]
        assert not PlannedAbsence.objects.filter(registration=mine).exists()
        assert not MeetingGuest.objects.standing().filter(meeting=meeting).exists()


def test_two_acceptances_at_once_make_one_guest():
    for _round in range(ROUNDS):
        mine = a_registration(a_network())
        one, meeting = asked(mine), mine.network.meetings.get()
        assert faults(at_once([accepts(one), accepts(one), accepts(one)])) == []
        assert meeting.guests.count() == Registration.objects.expected_at(meeting).count() == 1


def test_leaving_and_accepting_at_once_leave_nobody_for_the_seat_that_went_on():
    for _round in range(ROUNDS):
        mine = a_registration(a_network(seats=1))
        waits = a_registration(mine.network)
        one, meeting = asked(mine), mine.network.meetings.get()
        outcomes = at_once(
            [accepts(one), lambda mine=mine: withdrawing.leave_network(mine, by=SWEEP, at=NOW)]
        )
        assert faults(outcomes) == []
        assert list(Registration.objects.expected_at(meeting)) == [waits]


def test_coming_after_all_and_accepting_at_once_expect_one():
    for _round in range(ROUNDS):
        mine = a_registration(a_network())
        one, meeting = asked(mine), mine.network.meetings.get()
        withdrawing.miss_meeting(mine, meeting, at=NOW)
        comes = lambda mine=mine, meeting=meeting: withdrawing.come_after_all(mine, meeting, at=NOW)  # noqa: E731
        assert faults(at_once([accepts(one), comes])) == []
        assert PlannedAbsence.objects.filter(registration=mine, meeting=meeting).count() == 1
        assert Registration.objects.expected_at(meeting).get() != mine


def test_without_the_lock_both_come():
    """What the lock forbids: look that it is open, let the other look, then write."""
    mine = a_registration(a_network())
    one, meeting = asked(mine), mine.network.meetings.get()
    both_looked = Barrier(2)

    def look():
        assert Network.objects.get(pk=mine.network_id)
        assert Substitute.objects.open().filter(pk=one.pk, guest=None).exists()
        both_looked.wait(timeout=20)

    def accept():
        with transaction.atomic():
            look()
            row = {"network": mine.network, "person": a_person(), "status": "guest"}
            theirs = Registration.objects.create(**row, requested_at=NOW, seated_at=NOW)
            theirs.guest_at.create(meeting=meeting, said_at=NOW)

    def take_back():
        with transaction.atomic():
            look()
            Substitute.objects.filter(pk=one.pk).update(ended_at=NOW, outcome="taken_back")

    at_once([accept, take_back])
    assert Registration.objects.expected_at(meeting).count() == 2
