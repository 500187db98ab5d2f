"""What a signature brings: the organization is a partner from the day the memorandum is in force."""

from datetime import date, datetime

from partners.exchange.domain import commitments, exchange, resting
from partners.memorandum.exceptions import TermOver
from partners.models import (
    Actor,
    Contribution,
    Mou,
    MouDocument,
    MouRole,
    Need,
    RoleChange,
    Signature,
    Stage,
    acted,
    local_day,
)
from partners.models.memorandum import binding
from partners.models.memorandum.binding import Bond
from partners.prospects.domain import prospects


def take_effect(signature: Signature, *, by: Actor, at: datetime) -> None:
    """Make the signing organization a partner if the day has come; the sweep does it later if not.

    The caller holds the memorandum's row.
    """
    mou = Mou.objects.get(pk=signature.document.mou_id)
    role = MouRole.objects.select_related("mou", "organization").get(pk=signature.part.role_id)
    bond = binding.bond(role, on=local_day(at))
    if not bond.runs:
        return
    if mou.status == Mou.Status.SIGNING:
        mou.status = Mou.Status.IN_FORCE
        mou.save(update_fields=["status"])
    bring(bond, by=by, at=at)


def bring(bond: Bond, *, by: Actor, at: datetime) -> None:
    """Make a partner of the organization that a running bond binds; the signature is what allows it.

    What was taken out of its part drops out now that words without it are signed.
    """
    drop_taken_out(bond, by=by, at=at)
    organization = bond.role.organization
    if organization.stage != Stage.PARTNER:
        reason = str(bond.document)
        was_former = organization.stage_changes.filter(to_status=Stage.FORMER).exists()
        prospects.advance(organization, to=Stage.PARTNER, since=bond.begins, by=by, at=at, reason=reason)
        if was_former:
            resting.tell_resumed(organization, at=at)


def drop_taken_out(bond: Bond, *, by: Actor, at: datetime) -> None:
    """Withdraw what was taken out of a part while it was open, unless what was signed still says it."""
    signed = commitments.signed_parts(bond)
    out = {"role": bond.role, "withdrawn_at": None, "taken_out_at__isnull": False}
    for need in Need.objects.filter(**out).exclude(promised_in__in=signed):
        exchange.withdraw_need(need, by=by, at=at)
    for gift in Contribution.objects.filter(**out).exclude(promised_in__in=signed):
        exchange.withdraw_contribution(gift, by=by, at=at)


def check_term(document: MouDocument, role: MouRole, *, on: date) -> None:
    """Raise TermOver once the document's last day is past, or the partner has left the memorandum."""
    if binding.has_left(role, on=on) or binding.is_over(document, on=on):
        raise TermOver


def end_part(role: MouRole, *, by: Actor, at: datetime) -> None:
    """End a part whose day of withdrawal has come: needs and contributions drop out (docs/rules.md 8.4).

    Where something else that it signed binds the organization, only the rows of this part do.
    """
    RoleChange.objects.create(
        role=role, from_status=role.status, to_status=MouRole.Status.WITHDRAWN, at=at, **acted(by)
    )
    role.status = MouRole.Status.WITHDRAWN
    role.save(update_fields=["status"])
    beside = binding.bound_beside(role, on=local_day(at))
    rows = {"role": role} if beside else {"organization": role.organization}
    for need in Need.objects.filter(**rows, withdrawn_at=None):
        exchange.withdraw_need(need, by=by, at=at)
    for gift in Contribution.objects.filter(**rows, withdrawn_at=None):
        exchange.withdraw_contribution(gift, by=by, at=at)
    if beside:
        return
    prospects.advance(role.organization, to=Stage.FORMER, by=by, at=at, reason=str(role.mou))


def end_partnership(role: MouRole, *, by: Actor, at: datetime) -> None:
    """Make a former partner of an organization whose term is over (docs/rules.md 8.4).

    What it needs and gives is kept, and is shown again once it signs a renewal.
    """
    if role.organization.stage == Stage.PARTNER and not binding.bound_beside(role, on=local_day(at)):
        only_from, reason = (Stage.PARTNER,), str(role.mou)
        prospects.advance(
            role.organization, to=Stage.FORMER, only_from=only_from, by=by, at=at, reason=reason
        )
        resting.tell_resting(role.organization, at=at)
