"""Two at once on PostgreSQL: one confirmation, one mail, and nothing confirmed that was withdrawn."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from partners.exchange.domain import exchange, introducing
from partners.exchange.exceptions import ExchangeRefused
from partners.models import Match, Need
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_contact, an_organization
from tests.partners.offers import a_contribution, a_match, a_need, mentors

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable) -> list[str]:
    """Let every act begin together on a connection of its own; "no" where it was refused."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=60)
            act()
        except ExchangeRefused:
            return "no"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def step(match, to):
    return lambda: exchange.move_match(match, to=to, by=SWEEP, at=NOW, reason="because")


@pytest.mark.parametrize("_time", range(5))
def test_two_who_confirm_at_once_confirm_once(_time):
    match = a_match()
    a_contact(match.need.organization)
    assert at_once(*[step(match, "confirmed") for _person in range(8)]) == ["done"] * 8
    assert match.changes.filter(to_status="confirmed").count() == 1
    assert Mail.objects.count() == 1


def test_two_who_introduce_at_once_send_one_mail_to_each():
    match = a_match()
    a_contact(match.need.organization)
    a_contact(match.contribution.organization)
    at_once(*[lambda: introducing.introduce(match, by=SWEEP, at=NOW) for _person in range(6)])
    assert match.changes.filter(to_status="introduced").count() == 1
    assert Mail.objects.count() == len(set(Mail.objects.values_list("address", flat=True)))


@pytest.mark.parametrize("_time", range(8))
def test_confirming_while_the_contribution_is_withdrawn_leaves_a_gap(_time):
    match = a_match()
    at_once(
        step(match, "confirmed"),
        lambda: exchange.withdraw_contribution(match.contribution, by=SWEEP, at=NOW),
    )
    match.refresh_from_db()
    assert match.state == Match.State.DROPPED
    assert list(Need.objects.gaps()) == [match.need]


@pytest.mark.parametrize("_time", range(8))
def test_proposing_while_the_contribution_is_withdrawn_leaves_nothing_open(_time):
    need, gift = a_need(), a_contribution()
    at_once(
        lambda: exchange.propose_match(need=need, contribution=gift, by=SWEEP, at=NOW),
        lambda: exchange.withdraw_contribution(gift, by=SWEEP, at=NOW),
    )
    assert not Match.objects.exclude(state=Match.State.DROPPED).exists()


@pytest.mark.parametrize("_time", range(5))
def test_schools_of_one_name_in_several_districts_get_addresses_of_their_own(_time):
    districts = [an_organization(city=f"Town {number}") for number in range(6)]
    category = mentors()
    acts = [
        partial(exchange.write_need, organization=one, category=category, at=NOW, new_school="Lincoln School")
        for one in districts
    ]
    assert at_once(*acts) == ["done"] * 6
    assert len({one.parts.get().slug for one in districts}) == 6


@pytest.mark.parametrize("_time", range(5))
def test_two_who_name_the_same_school_add_one(_time):
    district, category = an_organization(), mentors()
    acts = [
        lambda: exchange.write_need(
            organization=district, category=category, at=NOW, new_school="Lincoln Middle School"
        )
        for _person in range(6)
    ]
    assert at_once(*acts) == ["done"] * 6
    assert {need.school for need in Need.objects.all()} == {district.parts.get()}
