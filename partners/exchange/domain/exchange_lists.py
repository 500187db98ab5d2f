"""Needs and contributions with how far each is and who is at the other end."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from partners.exchange.domain.commitments import committed_rows
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
    """A need or a contribution: how far it is, its matches, whether the partner is bound by it."""

    row: Row
    state: str
    ties: list[Tie] = field(default_factory=list)
    committed: bool = False

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
    def kind(self) -> str:
        """Say whether something signed says it, a part that is not signed yet, or nothing but the partner."""
        if self.committed and self.row.taken_out_at:
            return _("committed in the MOU until a version without it is signed")
        if self.committed:
            return _("committed in the MOU")
        return _("draft for the MOU, not signed yet") if self.row.role_id else _("informal")

    @property
    def met_by(self) -> str:
        """Return who confirmed or delivered, or for whom."""
        return "; ".join(str(tie.partner) for tie in self.ties if tie.match.state in Match.CONFIRMED)


def need_entries(needs: QuerySet[Need], *, today: date) -> list[Entry[Need]]:
    """Return needs with their matches, in a fixed number of queries."""
    rows = needs.select_related("organization", "category", "school", "teacher")
    rows = rows.prefetch_related("rewordings", "subjects", "standards")
    tied = list(rows.prefetch_related(Prefetch("matches", queryset=_live("contribution"), to_attr="tied")))
    committed = committed_rows(tied, on=today)
    return [
        _entry(
            row,
            [Tie(match, match.contribution.organization) for match in row.tied],
            start="gap",
            committed=row.pk in committed,
        )
        for row in tied
    ]


def contribution_entries(
    contributions: QuerySet[Contribution], *, with_matches: bool, today: date
) -> list[Entry[Contribution]]:
    """Return contributions, with their matches for those who see needs."""
    rows = contributions.select_related("organization", "category")
    if not with_matches:
        known = list(rows)
        committed = committed_rows(known, on=today)
        return [Entry(row, "offered", committed=row.pk in committed) for row in known]
    tied = list(
        rows.prefetch_related("rewordings", Prefetch("matches", queryset=_live("need"), to_attr="tied"))
    )
    committed = committed_rows(tied, on=today)
    return [
        _entry(
            row,
            [Tie(match, match.need.organization) for match in row.tied],
            start="offered",
            committed=row.pk in committed,
        )
        for row in tied
    ]


def _live(other: str) -> QuerySet[Match]:
    """Return the matches that are not dropped, whose other end stands and is a partner's still."""
    standing = {f"{other}__withdrawn_at": None, f"{other}__organization__stage": Stage.PARTNER}
    return (
        Match.objects.exclude(state=State.DROPPED).filter(**standing).select_related(f"{other}__organization")
    )


def _entry(row: Row, ties: list[Tie], *, start: str, committed: bool) -> Entry[Row]:
    """Work out how far a row is from its matches."""
    states = {tie.match.state for tie in ties}
    furthest = next((one.value for one in (State.DELIVERED, State.CONFIRMED) if one in states), start)
    return Entry(row, furthest, ties, committed)
