"""A partner's year in review: promised, delivered, held, shared. Counts, no names of people."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol, TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from partners.models import (
    Contribution,
    Match,
    MatchChange,
    MouRole,
    Need,
    Organization,
    Proposal,
    Signature,
    zone_of_partnership,
)
from stemnet.wording import first_day_of_school_year, school_year_begun

Row = TypeVar("Row", Need, Contribution)
FIRST = 2000


@dataclass(frozen=True)
class Promise:
    """One contribution of the year, and how far it came."""

    contribution: Contribution
    confirmed: int
    delivered: int
    signed: bool

    @property
    def kind(self) -> str:
        """Say whether a memorandum that was signed says it, a part that was not signed, or neither."""
        if self.signed:
            return _("committed in the MOU")
        return _("draft for the MOU, not signed yet") if self.contribution.role_id else _("informal")


@dataclass(frozen=True)
class Shared:
    """What the partner shared: public contributions, copies of its part, words in the shared text."""

    contributions: int
    copies: int
    proposals: int


@dataclass(frozen=True)
class Review:
    """One partner's year."""

    organization: Organization
    year: int
    promises: list[Promise]
    delivered: int
    received: int
    needs: int
    gaps: int
    meetings: list[str]
    shared: Shared


class MeetingLines(Protocol):
    """Says in sentences what one partner had to do with the meetings of a year, in a few queries."""

    def __call__(
        self, organization: Organization, *, begin: datetime, end: datetime, at: datetime
    ) -> list[str]:
        """Return the sentences about the year from ``begin`` to ``end``, as it is at ``at``."""


_meeting_lines: dict[MeetingLines, int] = {}


def add_meeting_lines(lines: MeetingLines, *, place: int) -> None:
    """Let an upper app say in ``ready()`` what it counts about meetings, at ``place`` of their section."""
    _meeting_lines[lines] = place


def years_of(organization: Organization, *, today: date) -> list[int]:
    """Return the years that can be looked back on, this one first: since it is a partner, at least three."""
    present = school_year_begun(today)
    since = school_year_begun(organization.partner_since) if organization.partner_since else present
    return list(range(present, max(min(since, present - 2), FIRST) - 1, -1))


def window(year: int) -> tuple[datetime, datetime]:
    """Return the moments between which the school year lies, at the partnership's own place."""
    zone = zone_of_partnership()
    return (
        datetime.combine(first_day_of_school_year(year), time(), zone),
        datetime.combine(first_day_of_school_year(year + 1), time(), zone),
    )


def review(organization: Organization, *, year: int, at: datetime) -> Review:
    """Return the year of ``organization`` that begins on the first of July of ``year``, so far."""
    begin, end = window(year)
    needs = standing(Need.objects.filter(organization=organization), begin, end)
    met = delivered_between(begin, end).filter(match__need__organization=organization)
    gave = delivered_between(begin, end).filter(match__contribution__organization=organization)
    return Review(
        organization=organization,
        year=year,
        promises=promises(organization, begin, end),
        delivered=gave.values("match").distinct().count(),
        received=met.values("match").distinct().count(),
        needs=needs.count(),
        gaps=needs.filter(pk__in=Need.objects.gaps().values("pk")).count(),
        meetings=meeting_lines(organization, begin=begin, end=end, at=at),
        shared=shared(organization, begin, end),
    )


def standing(rows: QuerySet[Row], begin: datetime, end: datetime) -> QuerySet[Row]:
    """Return the rows that were written before the end and not withdrawn before the beginning."""
    return rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=begin), written_at__lt=end)


def promises(organization: Organization, begin: datetime, end: datetime) -> list[Promise]:
    """Return what was promised for the year, and for how many it was confirmed and delivered."""
    offered = (
        standing(Contribution.objects.filter(organization=organization), begin, end)
        .filter(Q(available_from=None) | Q(available_from__lt=end.date()))
        .filter(Q(available_until=None) | Q(available_until__gte=begin.date()))
    )
    done = delivered_between(begin, end).filter(match__contribution__organization=organization)
    by_then = MatchChange.objects.filter(to_status=Match.State.CONFIRMED, at__lt=end)
    confirmed = Q(matches__state__in=Match.CONFIRMED, matches__in=by_then.values("match"))
    counted = offered.annotate(
        sure=Count("matches", filter=confirmed, distinct=True),
        done=Count("matches", filter=Q(matches__in=done.values("match")), distinct=True),
    )
    signed = Signature.objects.given().filter(part__contributions=OuterRef("pk"), signed_at__lt=end)
    rows = counted.annotate(signed=Exists(signed)).select_related("category")
    return [
        Promise(row, row.sure, row.done, signed=row.signed)
        for row in rows.order_by("category__position", "pk")
    ]


def delivered_between(begin: datetime, end: datetime) -> QuerySet[MatchChange]:
    """Return the steps to "delivered" of the year that nobody took back, then or later."""
    delivered = Match.State.DELIVERED
    back = MatchChange.objects.filter(
        match=OuterRef("match"), from_status=delivered, pk__gt=OuterRef("pk")
    ).exclude(to_status=delivered)
    steps = MatchChange.objects.filter(to_status=delivered, at__gte=begin, at__lt=end)
    return steps.exclude(from_status=delivered).filter(~Exists(back), match__state=delivered)


def meeting_lines(organization: Organization, *, begin: datetime, end: datetime, at: datetime) -> list[str]:
    """Return what the upper apps say about meetings, in order."""
    in_order = sorted(_meeting_lines, key=_meeting_lines.__getitem__)
    return [line for lines in in_order for line in lines(organization, begin=begin, end=end, at=at)]


def shared(organization: Organization, begin: datetime, end: datetime) -> Shared:
    """Count what others could use: public contributions, copies of its part, accepted words."""
    public = standing(Contribution.objects.filter(organization=organization, public=True), begin, end)
    copies = MouRole.objects.filter(
        copied_from__organization=organization, asked_at__gte=begin, asked_at__lt=end
    )
    accepted = Proposal.objects.filter(
        organization=organization, status=Proposal.Status.ACCEPTED, decided_at__gte=begin, decided_at__lt=end
    )
    return Shared(public.count(), copies.count(), accepted.count())
