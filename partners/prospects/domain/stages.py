"""The steps that an organization can take on its way to partner, and which of them want a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias, TypedDict

from django.db.models import OuterRef, QuerySet, Subquery
from django_stubs_ext import WithAnnotations

from partners.models import Organization, Stage, StageChange

FORWARD: Mapping[str, tuple[str, ...]] = {
    Stage.NONE: (Stage.SUGGESTED,),
    Stage.SUGGESTED: (Stage.INVITED, Stage.INTERESTED, Stage.DECLINED),
    Stage.INVITED: (Stage.INTERESTED, Stage.CAME, Stage.DECLINED),
    Stage.INTERESTED: (Stage.CAME, Stage.DRAFTING, Stage.DECLINED),
    Stage.CAME: (Stage.DRAFTING, Stage.DECLINED),
    Stage.DRAFTING: (Stage.PARTNER, Stage.DECLINED),
    Stage.PARTNER: (Stage.FORMER,),
    Stage.DECLINED: (Stage.INVITED, Stage.INTERESTED),
    Stage.FORMER: (Stage.INVITED, Stage.DRAFTING),
}
# One step back puts a mistake right.
BACK: Mapping[str, str] = {
    Stage.INVITED: Stage.SUGGESTED,
    Stage.INTERESTED: Stage.INVITED,
    Stage.CAME: Stage.INTERESTED,
    Stage.DRAFTING: Stage.CAME,
}
COLUMNS = [stage for stage in Stage if stage != Stage.NONE]
OPEN = (Stage.SUGGESTED, Stage.INVITED, Stage.INTERESTED, Stage.CAME, Stage.DRAFTING)
BEFORE_THE_SESSION = (Stage.SUGGESTED, Stage.INVITED, Stage.INTERESTED, Stage.DECLINED)


def next_stages(stage: str) -> list[str]:
    """Return the stages that can follow ``stage``, in the order of the way; the step back comes last."""
    back = BACK.get(stage)
    return [*FORWARD[stage], *([back] if back else [])]


def wants_reason(old: str, new: str) -> bool:
    """Say whether a step is not taken without a reason: no to us, the end of a partner, a step back."""
    return new in (Stage.DECLINED, Stage.FORMER) or BACK.get(old) == new


class NewestStep(TypedDict):
    """When the newest step on the way was taken, and its key; None before the first."""

    moved_at: datetime | None
    step: int | None


MovingOrganization: TypeAlias = "WithAnnotations[Organization, NewestStep]"


def with_newest_step(organizations: QuerySet[Organization]) -> QuerySet[MovingOrganization]:
    """Annotate each organization with its `NewestStep`."""
    latest = StageChange.objects.latest_of(OuterRef("pk"))
    return organizations.annotate(
        moved_at=Subquery(latest.values("at")[:1]), step=Subquery(latest.values("pk")[:1])
    )
