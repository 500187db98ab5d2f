"""Who is missing: every part of a memorandum with its status and day, those that press first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from partners.memorandum.domain import part_reminders
from partners.models import Mou, MouRole, Signature

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
class PartLine:
    """One part on the board."""

    role: MouRole
    due: date | None
    missing: bool
    chased: bool
    overdue: bool
    signatory: bool
    signed: bool


def part_lines(mou: Mou, *, today: date) -> list[PartLine]:
    """Return a line for every part; those that the partner still writes first, overdue ones on top."""
    roles = mou.roles.select_related("mou", "organization", "drafter", "lead_contact")
    return sorted(
        lines_of(list(roles), today=today),
        key=lambda one: (
            not one.overdue,
            not one.missing,
            ORDER[MouRole.Status(one.role.status)],
            one.role.organization.name,
        ),
    )


def lines_of(roles: list[MouRole], *, today: date) -> list[PartLine]:
    """Return the line of each of ``roles`` on ``today``, in their order."""
    signed = signed_parts(roles)
    return [part_line(role, today=today, signed=role.pk in signed) for role in roles]


def part_line(role: MouRole, *, today: date, signed: bool) -> PartLine:
    """Return the line of one part on ``today``."""
    missing = role.status in MouRole.EDITABLE
    return PartLine(
        role=role,
        due=role.due,
        missing=missing,
        chased=missing and part_reminders.is_chased(role, today=today),
        overdue=bool(missing and role.due and role.due < today),
        signatory=bool(role.signatory_name and role.signatory_title and role.signatory_email),
        signed=signed and role.status == MouRole.Status.LOCKED,
    )


def signed_parts(roles: list[MouRole]) -> set[int]:
    """Return the parts that were signed, and of which nobody is asked to sign newer words."""
    found = Signature.objects.filter(part__role__in=roles, document__unlocked_at=None)
    asked = set(found.asked().values_list("part__role", flat=True))
    return set(found.signed().values_list("part__role", flat=True)) - asked


def counts(lines: list[PartLine]) -> dict[str, int]:
    """Return how many parts are missing, overdue, waiting for the coordinator, ready and signed."""
    statuses = Counter(one.role.status for one in lines)
    ready, signed = sum(statuses[status] for status in READY), sum(one.signed for one in lines)
    return {
        "missing": sum(one.missing for one in lines),
        "overdue": sum(one.overdue for one in lines),
        "waiting": statuses[MouRole.Status.SUBMITTED],
        "ready": ready,
        "signed": signed,
        "to_sign": ready - signed,
        "all": len(lines) - statuses[MouRole.Status.WITHDRAWN],
    }
