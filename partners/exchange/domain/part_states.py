"""How far the parts of the newest memorandum are, for the matrix."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypedDict

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from partners.models import Mou, MouRole, Person, Signature

Status = MouRole.Status
KINDS = {
    Status.NOT_STARTED: "",
    Status.DRAFT: "info",
    Status.SUBMITTED: "ok",
    Status.RETURNED: "warn",
    Status.ACCEPTED: "ok",
    Status.LOCKED: "ok",
    Status.WITHDRAWN: "",
}


class Signed(TypedDict):
    """Whether somebody signed for the part."""

    is_signed: bool


SignedPart: TypeAlias = "WithAnnotations[MouRole, Signed]"


@dataclass(frozen=True)
class Parts:
    """The memorandum, the state of each part that may be seen, and what is still to come."""

    mou: Mou | None = None
    by_partner: dict[int, tuple[str, str]] = field(default_factory=dict)
    unanswered: int = 0
    due_on: date | None = None


def part_states(person: Person | None, *, today: date) -> Parts:
    """Return the parts of the newest memorandum that ``person`` may see."""
    mou = Mou.objects.first()
    if mou is None:
        return Parts()
    signed = Signature.objects.given().filter(part__role=OuterRef("pk"))
    roles = list(
        MouRole.objects.visible_to(person)
        .filter(mou=mou)
        .annotate(is_signed=Exists(signed))
        .select_related("mou")
    )
    waiting = [role for role in roles if role.status in MouRole.EDITABLE]
    return Parts(
        mou=mou,
        by_partner={role.organization_id: part_state(role, today=today) for role in roles},
        unanswered=len(waiting) if person is not None and person.is_coordinator else 0,
        due_on=mou.parts_due_on,
    )


def part_state(role: SignedPart, *, today: date) -> tuple[str, str]:
    """Return the kind of tag and the words for one part."""
    if role.is_signed:
        return "ok", _("Signed")
    if role.status in MouRole.EDITABLE and role.due and role.due < today:
        return "bad", _("Overdue")
    return KINDS[Status(role.status)], str(Status(role.status).label)
