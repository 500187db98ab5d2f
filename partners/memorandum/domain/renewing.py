"""Whether a partner means to renew: said once for the last day of what it signed, and no promise.

What counts is the next version that it signs (docs/rules.md 8.4).
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import parts
from partners.memorandum.emails import renewing as letters
from partners.memorandum.exceptions import MouRefused
from partners.models import MouRole, Person, RoleChange, acted, local_day
from partners.models.memorandum import binding
from stemnet import jobs
from stemnet.telling import tell


def last_day(role: MouRole, *, on: date) -> date | None:
    """Return the last day of what binds a partner; None where nothing does, or no day is set."""
    bond = binding.bond(role, on=on)
    return bond.last if bond.binds else None


def has_said(role: MouRole, *, last: date | None) -> bool:
    """Return whether the partner has said of this last day whether it means to renew."""
    return role.renews is not None and role.renews_after == last


@jobs.finishing()
@transaction.atomic
def say_renewal(role: MouRole, *, renews: bool, note: str, by: Person, at: datetime) -> MouRole:
    """Keep whether a partner means to renew, and tell the coordinators; it may think again.

    Raises MouRefused where nothing that ends binds the partner, or it has given notice.
    """
    role = parts.lock_part(role)
    last = last_day(role, on=local_day(at))
    if last is None:
        raise MouRefused(sentence=_("Nothing that you signed has a last day, so there is nothing to renew."))
    if role.withdrawn_on is not None:
        raise MouRefused(sentence=_("You gave notice, so there is nothing to renew."))
    if has_said(role, last=last) and role.renews is renews and not note.strip():
        return role
    role.renews, role.renews_after = renews, last
    role.save(update_fields=["renews", "renews_after"])
    said = _("Plans to renew.") if renews else _("Doesn't plan to renew.")
    RoleChange.objects.create(
        role=role,
        from_status=role.status,
        to_status=role.status,
        at=at,
        reason=f"{said} {note.strip()}".strip()[:500],
        **acted(by),
    )
    tell(letters.said, role, renews=renews, last=last, note=note.strip(), by=by, at=at)
    return role
