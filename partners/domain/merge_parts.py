"""Merging two organizations that both have a part in one memorandum: the part that is further stays.

The other is withdrawn with the reason, and what was written into it becomes informal. Where both were signed,
or the one that would go is being signed, the merge is refused.
"""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from partners.domain.merge_rules import Merging, give, rows_of
from partners.exceptions import MergeRefused
from partners.models import Contribution, MouRole, Need, RoleChange, Signature, acted

Status = MouRole.Status
FURTHER = [
    Status.WITHDRAWN,
    Status.NOT_STARTED,
    Status.DRAFT,
    Status.RETURNED,
    Status.SUBMITTED,
    Status.ACCEPTED,
    Status.LOCKED,
]


def parts(merging: Merging, model: type[Model], field: str) -> None:
    """Move parts; of two in one memorandum, the one that goes gives way where it is not further."""
    rivals = {row.mou_id: row for row in rows_of(model, field, merging.kept)}
    for row in rows_of(model, field, merging.gone):
        if row.mou_id in rivals:
            give_way(merging, row, rivals[row.mou_id])
        else:
            give(merging, [row], field)


def give_way(merging: Merging, row: Any, rival: Any) -> None:
    """Withdraw the part of the organization that goes, where that takes nothing away. Raises MergeRefused."""
    if row.status == Status.WITHDRAWN:
        return
    said = {"mou": row.mou, "kept": merging.kept, "gone": merging.gone}
    signed = [Signature.objects.signed().filter(part__role=one).exists() for one in (row, rival)]
    if all(signed):
        raise MergeRefused(_("Both have signed “%(mou)s”. End one of the two parts first.") % said)
    if (signed[0], FURTHER.index(row.status)) > (signed[1], FURTHER.index(rival.status)):
        further = _("The part of %(gone)s in “%(mou)s” is further. Let that one stay, and choose its fields.")
        raise MergeRefused(further % said)
    if row.status == Status.LOCKED:
        is_locked = _("The part of %(gone)s in “%(mou)s” is locked for signature. Unlock it first.")
        raise MergeRefused(is_locked % said)
    withdraw(merging, row, reason=_("Merged with %(kept)s, which has its own part.") % said)


def withdraw(merging: Merging, row: Any, *, reason: str) -> None:
    """Withdraw a part in the journal, so that it returns when the merge is taken back."""
    before = row.status
    merging.journal.update(row, status=Status.WITHDRAWN.value)
    change = RoleChange(
        role=row,
        from_status=before,
        to_status=Status.WITHDRAWN,
        at=merging.at,
        reason=reason[:500],
        **acted(merging.by),
    )
    merging.journal.create(change)
    for model in (Need, Contribution):
        for one in rows_of(model, "role", row):
            merging.journal.update(one, role_id=None)
