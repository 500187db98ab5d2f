"""The way to partner as a whole: who stands where and for how long, as a board, a table and figures."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import TypeAlias

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django_stubs_ext import WithAnnotations

from partners.models import Invitation, Organization, Stage, StageChange
from partners.prospects.domain import stages
from partners.prospects.domain.stages import NewestStep, with_newest_step

CARDS_A_COLUMN, CARDS_OF_THE_ENDED = 25, 3


class OnTheWay(NewestStep):
    """How many suggested an organization, wrote to it, and got a yes, beside its newest step."""

    suggested_by: int
    letters: int
    said_yes: int


OrganizationOnTheWay: TypeAlias = "WithAnnotations[Organization, OnTheWay]"
Rows: TypeAlias = QuerySet[OrganizationOnTheWay]


@dataclass(frozen=True)
class Step:
    """A stage that can follow, and whether it wants a reason."""

    stage: str
    label: str
    wants_reason: bool


@dataclass
class StageCard:
    """One organization on the board; ``days`` at its stage, None where no step is written."""

    organization: OrganizationOnTheWay
    days: int | None
    seen: int
    steps: list[Step] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        """Return whether it has stood still for STALE_AFTER_DAYS on an open stage."""
        return self.organization.stage in stages.OPEN and (self.days or 0) >= settings.STALE_AFTER_DAYS


@dataclass
class Column:
    """One stage with its newest cards, and how many there are in all."""

    stage: str
    label: str
    number: int
    cards: list[StageCard]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.number - len(self.cards)


@dataclass(frozen=True)
class Figure:
    """One stage: how many are there now, how many ever came to it, and the median of days they stayed."""

    stage: str
    label: str
    now: int
    ever: int
    median_days: int | None


def on_the_way() -> Rows:
    """Return every organization with a stage, with what the cards say."""
    return annotated(Organization.objects.current().exclude(stage=Stage.NONE))


def annotated(organizations: QuerySet[Organization]) -> Rows:
    """Annotate what the cards say, `OnTheWay`."""
    yes = Q(invitations__answer__in=(Invitation.Answer.INTERESTED, Invitation.Answer.COMING))
    return with_newest_step(organizations).annotate(
        suggested_by=Count("suggestions", distinct=True),
        letters=Count("invitations", distinct=True),
        said_yes=Count("invitations", filter=yes, distinct=True),
    )


def standing_at_least(rows: Rows, days: int, *, at: datetime) -> Rows:
    """Return those that took no step for ``days`` days."""
    return rows.filter(moved_at__lte=at - timedelta(days=days))


def card_of(organization: OrganizationOnTheWay, *, at: datetime, has_mou: bool) -> StageCard:
    """Return the card of one organization."""
    days = (at - organization.moved_at).days if organization.moved_at else None
    return StageCard(organization, days, organization.step or 0, steps_of(organization, has_mou=has_mou))


def steps_of(organization: Organization, *, has_mou: bool) -> list[Step]:
    """Return where it can be moved by hand: to partner only where there is no MOU to sign."""
    names = dict(Stage.choices)
    following = stages.next_stages(organization.stage)
    return [
        Step(stage, str(names[Stage(stage)]), stages.wants_reason(organization.stage, stage))
        for stage in following
        if stage != Stage.PARTNER or not has_mou
    ]


def stage_columns(rows: Rows, *, at: datetime, has_mou: bool) -> list[Column]:
    """Return the columns in the order of the way, in two queries; a long column shows its newest cards."""
    counted = rows.order_by().values("stage").annotate(n=Count("pk", distinct=True)).values_list("stage", "n")
    numbers = dict(counted)
    newest = F("moved_at").desc(nulls_last=True)
    place = Window(RowNumber(), partition_by="stage", order_by=[newest, F("name").asc()])
    shown = rows.annotate(place=place).filter(place__lte=CARDS_A_COLUMN).order_by("place")
    cards: dict[str, list[StageCard]] = {stage: [] for stage in stages.COLUMNS}
    for organization in shown:
        most = CARDS_A_COLUMN if organization.stage in stages.OPEN else CARDS_OF_THE_ENDED
        if len(cards[organization.stage]) < most:
            cards[organization.stage].append(card_of(organization, at=at, has_mou=has_mou))
    return [Column(stage, str(stage.label), numbers.get(stage, 0), cards[stage]) for stage in stages.COLUMNS]


def stage_figures() -> list[Figure]:
    """Return the figures of every stage, in two queries."""
    now = dict(
        Organization.objects.current()
        .order_by()
        .values("stage")
        .annotate(n=Count("pk"))
        .values_list("stage", "n")
    )
    ever: dict[str, set[int]] = {stage: set() for stage in stages.COLUMNS}
    stayed: dict[str, list[int]] = {stage: [] for stage in stages.COLUMNS}
    before: dict[int, tuple[str, datetime]] = {}
    steps = StageChange.objects.filter(organization__merged_into=None).order_by("at", "pk")
    for key, to, at in steps.values_list("organization", "to_status", "at"):
        if key in before and before[key][0] in stayed:
            stayed[before[key][0]].append((at - before[key][1]).days)
        ever.setdefault(to, set()).add(key)
        before[key] = (to, at)
    return [
        Figure(
            stage,
            str(stage.label),
            now.get(stage, 0),
            max(len(ever[stage]), now.get(stage, 0)),
            round(median(stayed[stage])) if stayed[stage] else None,
        )
        for stage in stages.COLUMNS
    ]
