"""Bringing two partners together: the mail to both with the coordinator in copy, and who follows it up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.exchange.domain import exchange
from partners.exchange.emails import exchange as letters
from partners.exchange.exceptions import ExchangeRefused
from partners.models import Actor, Match, Organization, Person
from stemnet import jobs
from stemnet.telling import tell

State = Match.State


@jobs.finishing()
@transaction.atomic
def introduce(match: Match, *, by: Actor, at: datetime) -> Match:
    """Introduce two partners by one mail to both, once; whoever does it follows it up.

    Raises ExchangeRefused where a side has no contact yet, or the step can't follow.
    """
    match = _with_sides(match)
    if match.state == State.INTRODUCED:
        return match
    for side in (match.need.organization, match.contribution.organization):
        check_reachable(side)
    exchange.move_match(match, to=State.INTRODUCED, by=by, at=at)
    match.state = State.INTRODUCED
    if match.owner is None and isinstance(by, Person):
        match.owner = by
        match.save(update_fields=["owner"])
    times = match.changes.filter(to_status=State.INTRODUCED).count()
    tell(letters.introduced, match, by=str(by), times=times, at=at)
    return match


def check_reachable(organization: Organization) -> None:
    """Raise ExchangeRefused where nobody is known who writes for the organization."""
    if not letters.contacts(organization):
        raise ExchangeRefused(
            sentence=_(
                "%(name)s has no contact yet. Name one on its list of people or in its part of the MOU."
            )
            % {"name": organization}
        )


def _with_sides(match: Match) -> Match:
    """Return the match, its row held, with both partners."""
    Match.objects.select_for_update().get(pk=match.pk)
    return Match.objects.select_related(
        "need__organization", "need__category", "need__school", "contribution__organization", "owner"
    ).get(pk=match.pk)
