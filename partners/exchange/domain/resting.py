"""A match rests while one of its two partners is a partner no more, and goes on once it is one again.

Its state stays; the need is a gap meanwhile (docs/rules.md 8.4). Whoever is left is told of both.
"""

from datetime import datetime

from partners.exchange.emails import resting as letters
from partners.models import Match, Organization, Stage
from stemnet.telling import tell

AGREED = [Match.State.INTRODUCED, Match.State.CONFIRMED]


def resting_side(match: Match) -> Organization | None:
    """Return which of the two partners of an open match has left, or nothing."""
    if match.state in (Match.State.DELIVERED, Match.State.DROPPED):
        return None
    sides = (match.contribution.organization, match.need.organization)
    return next((side for side in sides if side.stage == Stage.FORMER), None)


def tell_resting(organization: Organization, *, at: datetime) -> None:
    """Tell the other partner of each match that it rests, since ``organization`` is a partner no more."""
    if matches := agreed(organization):
        tell(letters.rest, matches, gone=organization, at=at)


def tell_resumed(organization: Organization, *, at: datetime) -> None:
    """Tell the other partner of each match that it goes on, since ``organization`` is a partner again."""
    if matches := agreed(organization):
        tell(letters.go_on, matches, back=organization, at=at)


def agreed(organization: Organization) -> list[Match]:
    """Return the matches that the partner and a present partner were introduced for or agreed on."""
    rows = Match.objects.live().of(organization).filter(state__in=AGREED)
    found = rows.select_related("need__organization", "need__category", "contribution__organization")
    return [
        match
        for match in found.order_by("pk")
        if letters.other_side(match, organization).stage == Stage.PARTNER
    ]
