"""How far the parts of the newest memorandum are, for the matrix."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from partners.models import Mou, MouRole, Person
from partners.models.memorandum import binding
from partners.models.memorandum.binding import Bond

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
    roles = list(MouRole.objects.visible_to(person).filter(mou=mou).select_related("mou").order_by("pk"))
    waiting = [role for role in roles if role.status in MouRole.EDITABLE]
    return Parts(
        mou=mou,
        by_partner={
            one.role.organization_id: part_state(one) for one in binding.bonds(roles, on=today).values()
        },
        unanswered=len(waiting) if person is not None and person.is_coordinator else 0,
        due_on=mou.parts_due_on,
    )


def part_state(bond: Bond) -> tuple[str, str]:
    """Return the kind of tag and the words for one part."""
    role = bond.role
    if bond.binds:
        return "ok", _("Signed")
    if role.status in MouRole.EDITABLE and role.due and role.due < bond.on:
        return "bad", _("Overdue")
    return KINDS[Status(role.status)], str(Status(role.status).label)
