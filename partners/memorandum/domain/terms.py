"""The term of the memorandum: in force, withdrawal with notice, yearly review, renewal and the end.

Each partner has its own: by the document that it signed (`binding`). What is written into the memorandum
since counts for a partner once it is locked and the partner has signed it (docs/rules.md 8.4).

All of it is swept: what a day brings happens once, whenever the sweep comes by.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import mous, parts, taking_effect
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
    Sweep,
    acted,
    is_night,
    local_day,
)
from partners.models.memorandum import binding
from partners.models.memorandum.binding import Bond, Term
from stemnet import jobs
from stemnet.telling import tell

RENEWAL_DAYS = (90, 60, 30)
TOLD_WITHIN = timedelta(days=30)
SWEEP = Sweep("memorandum's calendar")


@jobs.finishing()
@transaction.atomic
def give_notice(role: MouRole, *, on: date | None, reason: str, by: Person, at: datetime) -> MouRole:
    """Withdraw a partner from the memorandum, at the earliest when the notice that it signed is over.

    Raises MouRefused without a reason, where nothing binds the partner, or for a day that is too early.
    """
    mous.lock_mou(role.mou)
    role = parts.lock_part(role)
    today = local_day(at)
    bond = binding.bond(role, on=today)
    days = bond.notice_days
    if not reason.strip():
        raise MouRefused(sentence=_("Say why."))
    if role.withdrawn_on or not bond.binds or days is None:
        raise MouRefused(sentence=_("Only a partner that has signed can withdraw, and only once."))
    earliest = today + timedelta(days=days)
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
    tell(letters.withdrawing, role, on=role.withdrawn_on, reason=reason, at=at)
    tell(leaving.told_others, role, on=role.withdrawn_on, at=at)
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


@dataclass(frozen=True)
class SignedTerm:
    """The term of one document, and the partners that it binds."""

    document: MouDocument
    term: Term
    partners: tuple[str, ...]


def signed_terms(mou: Mou, *, on: date) -> list[SignedTerm]:
    """Return the terms by which partners are bound on a day, each with those partners."""
    found: dict[int, list[Bond]] = {}
    for one in binding.bonds_of(mou, on=on):
        if one.binds and one.document is not None:
            found.setdefault(one.document.number, []).append(one)
    return [
        SignedTerm(those[0].document, those[0].term, tuple(str(one.role) for one in those))
        for _number, those in sorted(found.items())
        if those[0].document is not None and those[0].term is not None
    ]


def sweep_terms(*, at: datetime) -> None:
    """Do what the day brings for every memorandum that was locked; write about it by day."""
    today, night = local_day(at), is_night(at)
    for mou in Mou.objects.exclude(status=Mou.Status.DRAFTING):
        if mou.status != Mou.Status.ENDED:
            begin(mou, today=today, at=at)
            leave_due(mou, today=today, at=at)
            end(mou, today=today, at=at)
        if not night:
            tell_of_term(mou, today=today, at=at)


@jobs.finishing()
@transaction.atomic
def begin(mou: Mou, *, today: date, at: datetime) -> None:
    """Put the memorandum in force for all that have signed, once the day in their document has come."""
    mou = mous.lock_mou(mou)
    running = [one for one in binding.bonds_of(mou, on=today) if one.runs]
    if running and mou.status == Mou.Status.SIGNING:
        mou.status = Mou.Status.IN_FORCE
        mou.save(update_fields=["status"])
    for one in running:
        taking_effect.bring(one, by=SWEEP, at=at)


@jobs.finishing()
@transaction.atomic
def leave_due(mou: Mou, *, today: date, at: datetime) -> None:
    """End the parts whose day of withdrawal has come."""
    mous.lock_mou(mou)
    due = mou.roles.standing().filter(withdrawn_on__lte=today)
    for role in due.select_for_update(of=("self",)).select_related("organization", "mou"):
        taking_effect.end_part(role, by=SWEEP, at=at)


@jobs.finishing()
@transaction.atomic
def end(mou: Mou, *, today: date, at: datetime) -> None:
    """Let partners drop out whose term is over; end the memorandum when that was the last one.

    It waits for a renewal that somebody is still asked to sign; who signs one later is a partner again.
    """
    mou = mous.lock_mou(mou)
    found = binding.bonds_of(mou, on=today)
    for one in found:
        if one.is_over and not one.has_left:
            taking_effect.end_partnership(one.role, by=SWEEP, at=at)
    status = status_after(mou, found, today=today)
    if status != mou.status:
        mou.status = status
        mou.save(update_fields=["status"])


def status_after(mou: Mou, found: list[Bond], *, today: date) -> str:
    """Return what a memorandum is on a day, once the last days of what was signed and asked have passed."""
    if any(one.binds for one in found):
        return mou.status
    if any(one.asked for one in found):
        return Mou.Status.SIGNING
    lasts = [one.last for one in found if one.signature is not None] + asked_until(mou)
    over = [day for day in lasts if day is not None and day < today]
    return Mou.Status.ENDED if lasts and len(over) == len(lasts) else mou.status


def asked_until(mou: Mou) -> list[date | None]:
    """Return the last day of each document under which a request was never answered."""
    rows = mou.documents.standing().filter(signatures__status=Signature.Status.ASKED)
    return [term.last for term in binding.terms_of(set(rows.values_list("pk", flat=True))).values()]


def tell_of_term(mou: Mou, *, today: date, at: datetime) -> None:
    """Write what a day brings: the end of a term is near or past, or a yearly review is due."""
    mou.refresh_from_db()
    found = binding.bonds_of(mou, on=today)
    over = [one for one in found if one.is_over and not one.has_left and is_lately(one.last, today=today)]
    for last in sorted({one.last for one in over if one.last is not None}):
        letters.over(mou, [one for one in over if one.last == last], on=last, at=at)
    if mou.status == Mou.Status.ENDED:
        lapsed = [day for day in asked_until(mou) if day is not None and is_lately(day, today=today)]
        if lapsed and not over:
            letters.lapsed(mou, on=max(lapsed), at=at)
    elif mou.status == Mou.Status.IN_FORCE:
        if mou.review_on is not None and mou.review_on <= today:
            letters.review_due(mou, on=mou.review_on, at=at)
        remind_of_end(mou, found, at=at)


def is_lately(day: date | None, *, today: date) -> bool:
    """Return whether a day was not so long ago that nobody wants to be told of it."""
    return day is not None and day < today <= day + TOLD_WITHIN


def remind_of_end(mou: Mou, found: list[Bond], *, at: datetime) -> None:
    """Write 90, 60 and 30 days before the end of each partner's own term, once a day that was reached."""
    ending: dict[tuple[date, int], list[Bond]] = {}
    for one in found:
        days = renewal_due(one)
        if days is not None and one.last is not None:
            ending.setdefault((one.last, days), []).append(one)
    for (last, days), those in sorted(ending.items()):
        letters.renewal(mou, those, on=last, days=days, at=at)


def renewal_due(bond: Bond) -> int | None:
    """Return which of the reminders of a partner's last day has been reached; None before the first.

    A day that came before the partner signed is left out, and so is a partner that leaves by its own notice.
    """
    since = max((day for day in (bond.begins, bond.given_on) if day is not None), default=None)
    if not bond.runs or bond.last is None or since is None or bond.role.withdrawn_on is not None:
        return None
    ahead = (bond.last - since).days
    left = (bond.last - bond.on).days
    return min((days for days in RENEWAL_DAYS if left <= days < ahead), default=None)
