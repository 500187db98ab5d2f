"""What waits for coordinators in the memoranda: parts to read, proposed changes, terms that end."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias, TypedDict

from django.db.models import Count, Q, QuerySet
from django_stubs_ext import WithAnnotations

from partners.models import Mou, MouRole, Proposal
from partners.models.memorandum import binding
from partners.models.memorandum.binding import Bond

SUBMITTED = Q(roles__status=MouRole.Status.SUBMITTED)
PROPOSED = Q(texts__sections__proposals__status=Proposal.Status.OPEN)
SOON, LATELY = timedelta(days=90), timedelta(days=30)


class Waiting(TypedDict):
    """How many parts are to be read, and changes to be decided."""

    submitted: int
    proposed: int


WaitingMou: TypeAlias = "WithAnnotations[Mou, Waiting]"


def memoranda() -> QuerySet[WaitingMou]:
    """Return the memoranda in which something waits, with how much."""
    counted = Mou.objects.annotate(
        submitted=Count("roles", filter=SUBMITTED, distinct=True),
        proposed=Count("texts__sections__proposals", filter=PROPOSED, distinct=True),
    )
    return counted.filter(Q(submitted__gt=0) | Q(proposed__gt=0)).order_by("title", "pk")


@dataclass(frozen=True)
class TermLine:
    """One memorandum: how many partners' terms end by ``last``, and how many are over and not renewed."""

    mou: Mou
    ending: int
    last: date | None
    over: int


def terms(*, on: date) -> list[TermLine]:
    """Return the memoranda whose terms end for some partners within 90 days, or are over for some.

    A term that is over is named for 30 days, and for as long as a renewal may still be signed.
    """
    roles = MouRole.objects.standing().exclude(mou__status=Mou.Status.DRAFTING)
    by_mou: dict[int, list[Bond]] = {}
    for one in binding.bonds(roles.select_related("mou").order_by("mou__title", "pk"), on=on).values():
        if one.role.withdrawn_on is None and one.last is not None:
            by_mou.setdefault(one.role.mou_id, []).append(one)
    lines = [term_line(found, on=on) for found in by_mou.values()]
    return [line for line in lines if line.ending or line.over]


def term_line(found: list[Bond], *, on: date) -> TermLine:
    """Return the line of one memorandum."""
    ending = [one.last for one in found if one.binds and one.last is not None and one.last <= on + SOON]
    over = [one for one in found if one.is_over and one.last and (one.asked or on <= one.last + LATELY)]
    return TermLine(mou=found[0].role.mou, ending=len(ending), last=max(ending, default=None), over=len(over))
