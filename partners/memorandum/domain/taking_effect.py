"""What a signature brings: the organization is a partner from the day the memorandum is in force."""

from datetime import date, datetime

from partners.exchange.domain import exchange, resting
from partners.memorandum.domain import binding
from partners.memorandum.exceptions import TermOver
from partners.models import (
    Actor,
    Contribution,
    Mou,
    MouDocument,
    MouRole,
    Need,
    Organization,
    RoleChange,
    Signature,
    Stage,
    acted,
    local_day,
)
from partners.prospects.domain import prospects


def take_effect(signature: Signature, *, by: Actor, at: datetime) -> None:
    """Make the signing organization a partner if the day has come; the sweep does it later if not.

    The caller holds the memorandum's row.
    """
    mou = Mou.objects.get(pk=signature.document.mou_id)
    if not binding.runs(signature.document, on=local_day(at)):
        return
    if mou.status == Mou.Status.SIGNING:
        mou.status = Mou.Status.IN_FORCE
        mou.save(update_fields=["status"])
    become_partner(signature, by=by, at=at)


def become_partner(signature: Signature, *, by: Actor, at: datetime) -> None:
    """Make the organization that signed a partner; the signature is what allows it."""
    organization, reason = signature.part.role.organization, str(signature.document)
    was_former = Organization.objects.filter(pk=organization.pk, stage=Stage.FORMER).exists()
    prospects.advance(organization, to=Stage.PARTNER, by=by, at=at, reason=reason)
    if was_former:
        resting.tell_resumed(organization, at=at)


def check_term(document: MouDocument, role: MouRole, *, on: date) -> None:
    """Raise TermOver once the document's last day is past, or the partner has left the memorandum."""
    if binding.has_left(role, on=on) or binding.is_over(document, on=on):
        raise TermOver


def end_part(role: MouRole, *, by: Actor, at: datetime) -> None:
    """End a part whose day of withdrawal has come: needs and contributions drop out (docs/rules.md 8.4)."""
    RoleChange.objects.create(
        role=role, from_status=role.status, to_status=MouRole.Status.WITHDRAWN, at=at, **acted(by)
    )
    role.status = MouRole.Status.WITHDRAWN
    role.save(update_fields=["status"])
    if binding.bound_beside(role, on=local_day(at)):
        return
    for need in Need.objects.filter(organization=role.organization, withdrawn_at=None):
        exchange.withdraw_need(need, by=by, at=at)
    for gift in Contribution.objects.filter(organization=role.organization, withdrawn_at=None):
        exchange.withdraw_contribution(gift, by=by, at=at)
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
