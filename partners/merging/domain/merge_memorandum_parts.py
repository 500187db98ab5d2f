"""Merging two organizations that both have a part in one memorandum: the part that is further stays.

The other is withdrawn with the reason, and what was written into it becomes informal. Where both were signed
and bind, the merge is refused: each is a promise that somebody gave in the name of a partner, and no
coordinator ends one without the notice that was agreed. It is refused, too, where the one that would go is
being signed.
"""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from partners.merging.domain.merge_rules import Merging, give_rows, locked_rows
from partners.merging.exceptions import MergeRefused
from partners.models import Contribution, MouRole, Need, RoleChange, Signature, acted, local_day
from partners.models.memorandum import binding
from stemnet.wording import day

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
    theirs = sorted(locked_rows(model, field, merging.kept), key=lambda row: row.status != Status.WITHDRAWN)
    rivals = {row.mou_id: row for row in theirs}  # the standing one, where one left and joined again
    for row in locked_rows(model, field, merging.gone):
        if row.mou_id in rivals:
            withdraw_or_refuse(merging, row, rivals[row.mou_id])
        else:
            give_rows(merging, [row], field)


def withdraw_or_refuse(merging: Merging, row: MouRole, rival: MouRole) -> None:
    """Withdraw the part of the organization that goes, where that takes nothing away. Raises MergeRefused."""
    if row.status == Status.WITHDRAWN:
        return
    said = {"mou": row.mou, "kept": merging.kept, "gone": merging.gone}
    on = local_day(merging.at)
    bound, other_bound = binding.binds(row, on=on), binding.binds(rival, on=on)
    if bound and other_bound:
        raise MergeRefused(sentence=_both_signed(row, rival, said))
    if (bound, how_far(row)) > (other_bound, how_far(rival)):
        further = _("%(gone)s is further along in “%(mou)s”. Keep that one, and choose its fields.")
        raise MergeRefused(sentence=further % said)
    if row.status == Status.LOCKED and not Signature.objects.given().filter(part__role=row).exists():
        is_locked = _("The part of %(gone)s in “%(mou)s” is locked for signature. Unlock it first.")
        raise MergeRefused(sentence=is_locked % said)
    withdraw_in_journal(merging, row, reason=_("Merged with %(kept)s, which has its own part.") % said)


def how_far(role: MouRole) -> int:
    """Return how far a part is on its way to being signed."""
    return FURTHER.index(Status(role.status))


def _both_signed(row: MouRole, rival: MouRole, said: dict[str, Any]) -> str:
    """Say what can be done where two promises stand: a merge keeps no promise and breaks none."""
    for one in (row, rival):
        if one.withdrawn_on is not None:
            ends = _(
                "Both have signed “%(mou)s”. The part of %(who)s ends on %(day)s. Merge them after that."
            )
            return ends % {**said, "who": one.organization, "day": day(one.withdrawn_on)}
    stands = _(
        "Both have signed “%(mou)s”, and those signatures can't be merged. Use “Withdraw” "
        "next to one of them, and merge the two after its last day."
    )
    return stands % said


def withdraw_in_journal(merging: Merging, row: MouRole, *, reason: str) -> None:
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
        for one in locked_rows(model, "role", row):
            merging.journal.update(one, role_id=None)
