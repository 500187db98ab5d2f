"""Pages with lists about partners ask the database as often for thirty rows as for one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.models import Alias, Match, Person
from tests.factories import (
    NOW,
    SWEEP,
    a_contact,
    a_meeting,
    a_network,
    a_part,
    a_position,
    a_user,
    an_organization,
)
from tests.partners.offers import a_contribution, a_match, a_need

pytestmark = pytest.mark.django_db
Grown = tuple[Person, str, Callable[[], object]]


def choosing(name: str) -> Grown:
    person = a_contact(an_organization())
    a_contact(an_organization(), person)
    return person, reverse(name), lambda: a_contact(an_organization(), person)


def one_match() -> Grown:
    match = a_match()
    person = a_contact(match.need.organization)
    a_contact(match.contribution.organization)

    def grow():
        a_part(organization=match.contribution.organization)
        exchange.move_match(match, to=Match.State.DROPPED, by=person, at=NOW, reason="Not now")
        exchange.move_match(match, to=Match.State.PROPOSED, by=SWEEP, at=NOW)

    return person, reverse("match", args=[match.uid]), grow


def partner_page() -> Grown:
    home = an_organization()
    person = a_contact(home)

    def grow():
        Alias.objects.create(organization=home, name=f"Also {Alias.objects.count()}")
        a_match(a_need(), a_contribution(organization=home, public=True), state="delivered")
        a_need(organization=home)
        an_organization(part_of=home)
        home.allies.add(an_organization())
        a_position(a_user().person, organization=home, public=True, confirmed_at=NOW)
        a_meeting(a_network(meetings=0), host=home)

    return person, reverse("partner", args=[home.slug]), grow


def handing_over() -> Grown:
    role = a_part()

    def grow():
        a_part(organization=role.organization, drafter=a_user().person)

    return role.drafter, reverse("mine_hand_over", args=[role.organization.slug]), grow


def writing_a_need() -> Grown:
    home = an_organization()
    person = a_contact(home)
    return person, reverse("need_new", args=[home.slug]), lambda: an_organization(part_of=home)


def own_positions() -> Grown:
    person = a_user().person
    return person, reverse("profile"), lambda: a_position(person, organization=an_organization())


GROWN = {
    "mine": lambda: choosing("mine"),
    "our_needs": lambda: choosing("our_needs"),
    "match": one_match,
    "partner": partner_page,
    "mine_hand_over": handing_over,
    "need_new": writing_a_need,
    "profile": own_positions,
}


@pytest.mark.parametrize("name", GROWN)
def test_as_many_queries_with_one_row_and_with_thirty(name):
    person, address, grow = GROWN[name]()
    client = Client()
    client.force_login(person.user)
    grow()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200
    for _row in range(29):
        grow()
    with CaptureQueriesContext(connection) as thirty:
        assert client.get(address).status_code == 200
    assert [query["sql"] for query in thirty][len(one) :] == []
