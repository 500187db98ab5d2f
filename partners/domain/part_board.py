"""Who is missing: every part of a memorandum with its status and day, those that press first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from partners.models import Mou, MouRole, Partnership

READY = (MouRole.Status.ACCEPTED, MouRole.Status.LOCKED)
ORDER = {
    MouRole.Status.RETURNED: 0,
    MouRole.Status.NOT_STARTED: 1,
    MouRole.Status.DRAFT: 2,
    MouRole.Status.SUBMITTED: 3,
    MouRole.Status.ACCEPTED: 4,
    MouRole.Status.LOCKED: 5,
    MouRole.Status.WITHDRAWN: 6,
}


@dataclass(frozen=True)
class Line:
    """One part on the board."""

    role: MouRole
    due: date | None
    missing: bool
    overdue: bool
    signatory: bool


def local_day(at: datetime) -> date:
    """Return the day that it is for the partnership at the moment ``at``."""
    partnership = Partnership.objects.first()
    return at.astimezone(ZoneInfo(partnership.zone if partnership else "UTC")).date()


def board(mou: Mou, *, today: date) -> list[Line]:
    """Return a line for every part; those that the partner still writes first, overdue ones on top."""
    roles = mou.roles.select_related("organization", "drafter", "lead_contact")
    lines = [line(role, due=role.due_on or mou.parts_due_on, today=today) for role in roles]
    return sorted(
        lines,
        key=lambda one: (
            not one.overdue,
            not one.missing,
            ORDER[MouRole.Status(one.role.status)],
            one.role.organization.name,
        ),
    )


def line(role: MouRole, *, due: date | None, today: date) -> Line:
    """Return the line of one part on ``today``."""
    missing = role.status in MouRole.EDITABLE
    return Line(
        role=role,
        due=due,
        missing=missing,
        overdue=bool(missing and due and due < today),
        signatory=bool(role.signatory_name and role.signatory_title and role.signatory_email),
    )


def counts(lines: list[Line]) -> dict[str, int]:
    """Return how many parts are missing, overdue, waiting for the coordinator, and ready."""
    statuses = Counter(one.role.status for one in lines)
    return {
        "missing": sum(one.missing for one in lines),
        "overdue": sum(one.overdue for one in lines),
        "waiting": statuses[MouRole.Status.SUBMITTED],
        "ready": sum(statuses[status] for status in READY),
        "all": len(lines) - statuses[MouRole.Status.WITHDRAWN],
    }
