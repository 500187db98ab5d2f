"""Who was invited to a network and registered by others, counted; and a list before anyone is asked."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from meetings.models import Network
from registrations.models import Party, SeatInvitation
from registrations.seats.domain.many_asked import Decided, Decision

TAGS = {
    Decision.SEAT: "ok",
    Decision.WAITLIST: "warn",
    Decision.INVITE: "info",
    Decision.BAD: "bad",
    Decision.TWICE: "bad",
}


def parties_of(network: Network, *, at: datetime) -> list[Any]:
    """Return the parties of a network, the latest first, each with its ``figures``; one query."""
    rows: list[Any] = list(_counted(network, at=at))
    for party in rows:
        words = [
            (_("People"), party.asked),
            (_("E-mailed"), party.sent),
            (_("Reminded"), party.reminded),
            (_("Registered"), party.registered),
            (_("Can't come"), party.declined),
            (_("Didn't answer in time"), party.expired),
            (_("Withdrawn"), party.withdrawn),
            (_("Open"), party.still_open),
        ]
        party.figures = [(said, number) for said, number in words if number]
    return rows


def _counted(network: Network, *, at: datetime) -> QuerySet[Party]:
    """Return the parties, each with how many were asked and answered how."""

    def number(**of: Any) -> Count:
        return Count("invitations", filter=Q(**{f"invitations__{name}": value for name, value in of.items()}))

    outcome = SeatInvitation.Outcome
    rows = network.parties.exclude(kind=Party.Kind.RESERVED).select_related("organization")
    return rows.annotate(
        asked=Count("invitations"),
        sent=number(sent__gt=0),
        reminded=number(reminded_at__isnull=False),
        registered=number(outcome=outcome.REGISTERED),
        declined=number(outcome=outcome.DECLINED),
        withdrawn=number(outcome=outcome.TAKEN_BACK),
        expired=Count(
            "invitations",
            filter=Q(invitations__outcome=outcome.EXPIRED)
            | Q(invitations__ended_at=None, invitations__until__lte=at),
        ),
        still_open=number(ended_at=None, until__gt=at),
    ).order_by("-made_at", "-pk")


def look_context(decided: Sequence[Decided]) -> dict[str, Any]:
    """Return what the page shows of rows that were decided."""
    counts = Counter(one.what for one in decided)
    return {
        "rows": [(one, one.what.label, TAGS.get(one.what, "")) for one in decided],
        "figures": [(what.label, TAGS.get(what, ""), counts[what]) for what in Decision if counts[what]],
        "number": sum(one.is_asked for one in decided),
    }
