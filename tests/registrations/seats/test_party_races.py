"""Teams and lists that take the same seats at once on PostgreSQL; without the lock they take too many."""

from uuid import uuid4

import pytest

from partners.people.domain.organizations import Workplace
from registrations.models import SeatInvitation
from registrations.seats.domain import many_asked, parties, seat_invitations, seats
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.parties import Member
from registrations.seats.exceptions import RegistrationsRefused
from registrations.seats.imports import AskedRow
from tests.factories import NOW, a_coordinator, a_network, a_person
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
THREADS = 6


def unlocked(monkeypatch):
    """Let no network's row be locked, as somebody might forget to."""
    monkeypatch.setattr(seats, "lock_network", lambda network: type(network).objects.get(pk=network.pk))


def rush():
    """Let teams of two and a list take the last four seats; return how many are kept."""
    network = a_network(seats=4)
    leads, staff = [a_person() for _each in range(THREADS)], a_coordinator()
    rows = [AskedRow(1, f"{uuid4().hex}@example.org"), AskedRow(2, f"{uuid4().hex}@example.org")]
    seen = many_asked.mark(many_asked.decide(network, rows, keeps=True, skipped=frozenset(), at=NOW))

    def team(lead):
        given = {"uid": uuid4(), "kind": "team", "workplace": Workplace(words="A school"), "at": NOW}
        members = [Member(f"{uuid4().hex}@example.org") for _each in range(2)]
        return lambda: parties.register_party(network, members=members, by=lead, **given)

    def listed():
        given = {"uid": uuid4(), "kind": "list", "title": "", "keeps": True, "skipped": frozenset()}
        return many_asked.ask(network, rows, days=9, seen=seen, by=staff, at=NOW, **given)

    outcomes = at_once([*[team(lead) for lead in leads], listed])
    faults = [
        one for one in outcomes if isinstance(one, Exception) and not isinstance(one, RegistrationsRefused)
    ]
    return SeatInvitation.objects.filter(network=network, keeps_seat=True).count(), faults


def test_the_last_seats_are_kept_once():
    for _run in range(3):
        assert rush() == (4, [])


def test_without_the_lock_too_many_are_kept(monkeypatch):
    unlocked(monkeypatch)
    assert any(rush()[0] > 4 for _run in range(20))


def test_one_form_sent_several_times_at_once_is_one_party():
    network, lead, uid = a_network(seats=4), a_person(), uuid4()
    members = [Member("ana@example.org"), Member("ben@example.org")]
    given = {"uid": uid, "kind": "team", "workplace": Workplace(words="A school"), "at": NOW}
    outcomes = at_once([lambda: parties.register_party(network, members=members, by=lead, **given)] * THREADS)
    assert len({one.pk for one in outcomes}) == 1
    assert SeatInvitation.objects.count() == 2


def answer_and_withdraw():
    network = a_network(seats=2)
    members = [Member(f"{uuid4().hex}@example.org") for _each in range(2)]
    given = {"uid": uuid4(), "kind": "team", "workplace": Workplace(words="A school"), "at": NOW}
    party = parties.register_party(network, members=members, by=a_person(), **given)
    asked = party.invitations.select_related("network", "party").first()
    who = {"first_name": "Ana", "last_name": "Lima", "organization_words": "A school"}
    answers = Answers(address=asked.address, **who)
    outcomes = at_once(
        [
            lambda: seat_invitations.accept(asked, answers, at=NOW),
            lambda: parties.withdraw_member(asked, by=party.by, at=NOW),
        ]
    )
    asked.refresh_from_db()
    return asked, [one for one in outcomes if isinstance(one, Exception)]


def test_an_answer_and_a_withdrawal_at_once_are_one_of_them():
    for _run in range(3):
        asked, (refused,) = answer_and_withdraw()
        assert isinstance(refused, RegistrationsRefused)
        assert asked.network.registrations.seated().count() == (asked.outcome == "registered")
