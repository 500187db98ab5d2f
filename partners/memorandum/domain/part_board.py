"""Who is missing: every part of a memorandum with its status and day, those that press first."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from partners.memorandum.domain import part_reminders
from partners.models import Mou, MouRole
from partners.models.memorandum import binding
from partners.models.memorandum.binding import Bond

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
    bond: Bond

    @property
    def signed(self) -> bool:
        """Return whether what was signed for the part binds, and it is neither opened nor asked for anew."""
        return self.bond.binds and self.bond.asked is None and self.role.status == MouRole.Status.LOCKED

    @property
    def to_sign(self) -> bool:
        """Return whether the part is ready and its words are still to be signed."""
        return self.role.status in READY and not self.signed


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
    return [part_line(one, today=today) for one in binding.bonds(roles, on=today).values()]


def part_line(bond: Bond, *, today: date) -> PartLine:
    """Return the line of one part on ``today``."""
    role = bond.role
    missing = role.status in MouRole.EDITABLE
    return PartLine(
        role=role,
        due=role.due,
        missing=missing,
        chased=missing and part_reminders.is_chased(role, today=today),
        overdue=bool(missing and role.due and role.due < today),
        signatory=bool(role.signatory_name and role.signatory_title and role.signatory_email),
        bond=bond,
    )


def counts(lines: list[PartLine]) -> dict[str, int]:
    """Return how many parts are missing, overdue, waiting for the coordinator, ready and signed."""
    statuses = Counter(one.role.status for one in lines)
    return {
        "missing": sum(one.missing for one in lines),
        "overdue": sum(one.overdue for one in lines),
        "waiting": statuses[MouRole.Status.SUBMITTED],
        "ready": sum(statuses[status] for status in READY),
        "signed": sum(one.bond.binds for one in lines),
        "asked_again": sum(one.bond.binds and one.bond.asked is not None for one in lines),
        "asked_first": sum(not one.bond.binds and one.bond.asked is not None for one in lines),
        "to_sign": sum(one.to_sign for one in lines),
        "all": len(lines) - statuses[MouRole.Status.WITHDRAWN],
    }
