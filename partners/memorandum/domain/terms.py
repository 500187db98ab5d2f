"""The term of the memorandum: in force, withdrawal with notice, yearly review, renewal and the end.

The days are those of the documents that were signed; what is written into the memorandum since counts once
it is locked and signed.

All of it is swept: what a day brings happens once, whenever the sweep comes by.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import binding, mous, parts, taking_effect
from partners.memorandum.emails import leaving
from partners.memorandum.emails import terms as letters
from partners.memorandum.exceptions import MouRefused
from partners.models import (
    Mou,
    MouDocument,
    MouReview,
    MouRole,
    Person,
    RoleChange,
    Signature,
    Stage,
    Sweep,
    acted,
    is_night,
    local_day,
)

RENEWAL_DAYS = (90, 60, 30)
SWEEP = Sweep("memorandum's calendar")


def signatures_of(mou: Mou) -> list[Signature]:
    """Return the newest signature of each partner that has signed and has not withdrawn."""
    given = binding.newest(Signature.objects.filter(document__mou=mou))
    return [one for one in given if one.part.role.status != MouRole.Status.WITHDRAWN]


def in_force_from(signature: Signature, *, zone: ZoneInfo) -> date | None:
    """Return the day from which the memorandum binds whoever signed; None where nothing is signed.

    It is the day in the document, or that of the signature, for those who join later; of one that was carried
    over, that of the signature behind it. ``zone`` is the partnership's.
    """
    first = signature
    while first.carried_from is not None:
        first = first.carried_from
    if first.signed_at is None:
        return None
    given = first.signed_on or local_day(first.signed_at, zone)
    return max(given, binding.first_day(signature.document))


def signed_document(mou: Mou) -> MouDocument | None:
    """Return the newest document that a partner has signed."""
    signed = mou.documents.filter(unlocked_at=None, signatures__status=Signature.Status.SIGNED)
    return signed.order_by("number").last()


def notice_days(mou: Mou) -> int:
    """Return the days of notice as they were signed."""
    document = signed_document(mou)
    return int(document.words["notice_days"]) if document else mou.notice_days


@transaction.atomic
def give_notice(role: MouRole, *, on: date | None, reason: str, by: Person, at: datetime) -> MouRole:
    """Withdraw a partner from the memorandum, at the earliest when the days of notice are over.

    Raises MouRefused without a reason, before the partner has signed, or for a day that is too early.
    """
    mou = mous.lock_mou(role.mou)
    role = parts.lock_part(role)
    days = notice_days(mou)
    earliest = local_day(at) + timedelta(days=days)
    if not reason.strip():
        raise MouRefused(sentence=_("Say why."))
    if role.withdrawn_on or not Signature.objects.given().filter(part__role=role).exists():
        raise MouRefused(sentence=_("Only a partner that has signed can withdraw, and only once."))
    if on is not None and on < earliest:
        raise MouRefused(
            sentence=_("The notice period is %(days)s days, so the earliest date is %(day)s.")
            % {"days": days, "day": earliest.isoformat()}
        )
    role.withdrawn_on = on or earliest
    role.save(update_fields=["withdrawn_on"])
    RoleChange.objects.create(
        role=role, from_status=role.status, to_status=role.status, at=at, reason=reason[:500], **acted(by)
    )
    letters.withdrawing(role, on=role.withdrawn_on, reason=reason, at=at)
    leaving.told_others(role, on=role.withdrawn_on, at=at)
    return role


@transaction.atomic
def write_review(mou: Mou, *, on: date, note: str, by: Person, at: datetime) -> MouReview:
    """Write down a yearly review; the next one is due a year later. Raises MouRefused."""
    if not note.strip():
        raise MouRefused(sentence=_("Say what the review found."))
    if on > local_day(at):
        raise MouRefused(sentence=_("That date is in the future."))
    mou = mous.lock_mou(mou)
    row = MouReview.objects.create(mou=mou, on=on, note=note.strip(), by=by, at=at)
    mou.review_on = a_year_after(on)
    mou.save(update_fields=["review_on"])
    return row


def a_year_after(on: date) -> date:
    """Return the same day of the next year; the last of February for a leap day."""
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return on.replace(year=on.year + 1, day=28)


def sweep_terms(*, at: datetime) -> None:
    """Do what the day brings for every memorandum that is being signed or in force; remind of it by day."""
    today, night = local_day(at), is_night(at)
    for mou in Mou.objects.filter(status__in=[Mou.Status.SIGNING, Mou.Status.IN_FORCE]):
        begin(mou, today=today, at=at)
        leave_due(mou, today=today, at=at)
        end(mou, today=today, at=at)
        end_terms(mou, today=today, at=at)
        if not night:
            remind_of_term(mou, today=today, at=at)


@transaction.atomic
def begin(mou: Mou, *, today: date, at: datetime) -> None:
    """Put the memorandum in force for all that have signed, once its day has come."""
    mou = mous.lock_mou(mou)
    signed = binding.bound(Signature.objects.filter(document__mou=mou), on=today)
    given = [one for one in signed if binding.is_begun(one.document, on=today)]
    if given and mou.status == Mou.Status.SIGNING:
        mou.status = Mou.Status.IN_FORCE
        mou.save(update_fields=["status"])
    for one in given:
        if one.part.role.organization.stage != Stage.PARTNER:
            taking_effect.become_partner(one, by=SWEEP, at=at)


@transaction.atomic
def leave_due(mou: Mou, *, today: date, at: datetime) -> None:
    """End the parts whose day of withdrawal has come."""
    mous.lock_mou(mou)
    due = mou.roles.standing().filter(withdrawn_on__lte=today)
    for role in due.select_for_update(of=("self",)).select_related("organization", "mou"):
        taking_effect.end_part(role, by=SWEEP, at=at)


@transaction.atomic
def end(mou: Mou, *, today: date, at: datetime) -> None:
    """End the memorandum the day after its last one; it waits for a renewal that is being signed."""
    mou = mous.lock_mou(mou)
    signed, asked = signed_document(mou), asked_documents(mou)
    found = [signed, *asked] if signed else asked
    lasts = [day for day in map(binding.last_day, found) if day is not None and day < today]
    if mou.status == Mou.Status.ENDED or not found:
        return
    if len(lasts) == len(found):
        mou.status = Mou.Status.ENDED
        letters.ended(mou, on=max(lasts), roles=[one.part.role for one in signatures_of(mou)], at=at)
    elif signed and binding.is_over(signed, on=today):
        mou.status = Mou.Status.SIGNING
    mou.save(update_fields=["status"])


def asked_documents(mou: Mou) -> list[MouDocument]:
    """Return the documents that somebody is asked to sign now."""
    return list(mou.documents.standing().filter(signatures__status=Signature.Status.ASKED).distinct())


@transaction.atomic
def end_terms(mou: Mou, *, today: date, at: datetime) -> None:
    """Let partners drop out whose term is over; who signs a renewal later is a partner again."""
    mous.lock_mou(mou)
    for one in signatures_of(mou):
        if binding.is_over(one.document, on=today):
            taking_effect.end_partnership(one.part.role, by=SWEEP, at=at)


def remind_of_term(mou: Mou, *, today: date, at: datetime) -> None:
    """Write 90, 60 and 30 days before the end, and when the yearly review is due; each once."""
    mou.refresh_from_db()
    if mou.status != Mou.Status.IN_FORCE:
        return
    if mou.review_on is not None and mou.review_on <= today:
        letters.review_due(mou, on=mou.review_on, at=at)
    document = signed_document(mou)
    last = binding.last_day(document) if document else None
    if last is None or last < today:
        return
    reached = [days for days in RENEWAL_DAYS if last - timedelta(days=days) <= today]
    if reached:
        roles = [one.part.role for one in signatures_of(mou)]
        letters.renewal(mou, on=last, days=min(reached), roles=roles, at=at)
