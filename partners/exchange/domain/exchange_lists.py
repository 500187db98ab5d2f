"""Needs and contributions with how far each is and who is at the other end."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from partners.models import Contribution, Match, Need, Organization, Stage

Row = TypeVar("Row", Need, Contribution)
State = Match.State


@dataclass(frozen=True)
class Tie:
    """A match, seen from one end: the partner at the other."""

    match: Match
    partner: Organization


@dataclass(frozen=True)
class Entry(Generic[Row]):
    """A need or a contribution: how far it is, in words, and its matches."""

    row: Row
    state: str
    ties: list[Tie] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return how far it is."""
        return {
            "gap": _("gap"),
            "offered": _("offered"),
            "confirmed": _("confirmed"),
            "delivered": _("delivered"),
        }[self.state]

    @property
    def committed(self) -> bool:
        """Return whether it belongs to a part of the memorandum; else it is informal."""
        return self.row.role_id is not None

    @property
    def met_by(self) -> str:
        """Return who confirmed or delivered, or for whom."""
        return "; ".join(str(tie.partner) for tie in self.ties if tie.match.state in Match.CONFIRMED)


def need_entries(needs: QuerySet[Need]) -> list[Entry[Need]]:
    """Return needs with their matches, in a fixed number of queries."""
    rows = needs.select_related("organization", "category", "school", "teacher")
    rows = rows.prefetch_related("rewordings")
    tied = rows.prefetch_related(Prefetch("matches", queryset=_live("contribution"), to_attr="tied"))
    return [
        _entry(row, [Tie(match, match.contribution.organization) for match in row.tied], start="gap")
        for row in tied
    ]


def contribution_entries(
    contributions: QuerySet[Contribution], *, with_matches: bool
) -> list[Entry[Contribution]]:
    """Return contributions, with their matches for those who see needs."""
    rows = contributions.select_related("organization", "category")
    if not with_matches:
        return [Entry(row, "offered") for row in rows]
    tied = rows.prefetch_related("rewordings", Prefetch("matches", queryset=_live("need"), to_attr="tied"))
    return [
        _entry(row, [Tie(match, match.need.organization) for match in row.tied], start="offered")
        for row in tied
    ]


def _live(other: str) -> QuerySet[Match]:
    """Return the matches that are not dropped, whose other end stands and is a partner's still."""
    standing = {f"{other}__withdrawn_at": None, f"{other}__organization__stage": Stage.PARTNER}
    return (
        Match.objects.exclude(state=State.DROPPED).filter(**standing).select_related(f"{other}__organization")
    )


def _entry(row: Row, ties: list[Tie], *, start: str) -> Entry[Row]:
    """Work out how far a row is from its matches."""
    states = {tie.match.state for tie in ties}
    furthest = next((one.value for one in (State.DELIVERED, State.CONFIRMED) if one in states), start)
    return Entry(row, furthest, ties)
