"""Needs, contributions and matches for tests, each in one line."""

from partners.exchange.domain import exchange
from partners.models import Category, Contribution, Match, Need, Organization
from tests.factories import NOW, SWEEP, an_organization


def mentors() -> Category:
    return Category.objects.get_or_create(code="mentor", defaults={"name": "Mentors"})[0]


def a_need(category: Category | None = None, organization: Organization | None = None, **fields) -> Need:
    return exchange.write_need(
        organization=organization or an_organization(), category=category or mentors(), at=NOW, **fields
    )


def a_contribution(
    category: Category | None = None, organization: Organization | None = None, **fields
) -> Contribution:
    return exchange.write_contribution(
        organization=organization or an_organization(), category=category or mentors(), at=NOW, **fields
    )


def a_match(need: Need | None = None, contribution: Contribution | None = None, *, state: str = "") -> Match:
    match = exchange.propose_match(
        need=need or a_need(), contribution=contribution or a_contribution(), by=SWEEP, at=NOW
    )
    for step in {"delivered": ["confirmed", "delivered"], "": []}.get(state, [state]):
        match = exchange.move_match(match, to=step, by=SWEEP, at=NOW, reason="because")
    return match
