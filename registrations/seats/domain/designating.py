"""Coming for a leader, who confirms it by a code; until then a seat is only held (docs/rules.md 4.5)."""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Outsider, Sweep
from registrations.models import Designation, Registration
from registrations.seats.domain import designee_codes, seats, waitlist
from registrations.seats.domain.ending import end
from registrations.seats.domain.telling import tell
from registrations.seats.emails import designees as emails
from registrations.seats.exceptions import DesignationOver
from stemnet import jobs

Status, Outcome = Registration.Status, Designation.Outcome
EXPIRY = Sweep("designees")


def confirm(designation: Designation, *, code: str, at: datetime) -> Registration:
    """Let the leader say that somebody comes for them: what is held becomes a seat, and they are told.

    Twice does no harm. Raises DesignationOver, and CodeRefused for a wrong code.
    """
    check_open(designation, at=at)
    designee_codes.check(designation, code)
    return _confirm(designation, at=at)


@jobs.finishing()
@transaction.atomic
def _confirm(designation: Designation, *, at: datetime) -> Registration:
    seats.lock_network(designation.registration.network)
    fresh = _fresh(designation)
    registration = fresh.registration
    if fresh.outcome == Outcome.CONFIRMED:
        return registration
    check_open(fresh, at=at)
    _finish(fresh, Outcome.CONFIRMED, at=at)
    if registration.status == Status.HELD:
        waitlist.seat_held(registration, by=leader_of(registration), at=at)
    return registration


def refuse(designation: Designation, *, code: str, at: datetime) -> None:
    """Let the leader say that somebody doesn't come for them; what was held goes to whoever is next.

    Raises DesignationOver, and CodeRefused for a wrong code.
    """
    check_open(designation, at=at)
    designee_codes.check(designation, code)
    _refuse(designation, at=at)


@jobs.finishing()
@transaction.atomic
def _refuse(designation: Designation, *, at: datetime) -> None:
    network = seats.lock_network(designation.registration.network)
    fresh = _fresh(designation)
    if fresh.outcome == Outcome.REFUSED:
        return
    check_open(fresh, at=at)
    _finish(fresh, Outcome.REFUSED, at=at)
    if fresh.registration.is_seated:  # whom staff seat needs no confirmation (docs/rules.md 4.5)
        return
    reason = _("%(leader)s didn't confirm their designee")
    said = reason % {"leader": fresh.registration.leader_name}
    _end(network, fresh, by=leader_of(fresh.registration), at=at, reason=said)


def _end(network: seats.Locked, one: Designation, *, by: Actor, at: datetime, reason: str) -> None:
    """End the registration of a designee who isn't confirmed, tell them, and hand on what was held."""
    registration = one.registration
    registration.network = network
    end(registration, Status.WITHDRAWN, by=by, at=at, reason=reason)
    tell([registration], "designee_ended", designation=one.pk, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)


def overdue(at: datetime) -> QuerySet[Designation]:
    """Return the questions that no leader answered in time."""
    published = Network.Status.PUBLISHED
    return Designation.objects.open().filter(until__lte=at, registration__network__status=published)


def sweep_designations(*, at: datetime) -> int:
    """End what no leader confirmed in time; return how many. Who got a seat from staff meanwhile keeps it."""
    keys = list(overdue(at).order_by("until", "pk").values_list("pk", flat=True))
    return sum(expire(key, at=at) for key in keys)


@jobs.finishing()
@transaction.atomic
def expire(key: int, *, at: datetime) -> bool:
    """End one question, and what was held for it; return whether that was left to do."""
    about = Designation.objects.select_related("registration__network").get(pk=key)
    network = seats.lock_network(about.registration.network)
    fresh = _fresh(about)
    if fresh.ended_at is not None or fresh.until > at:
        return False
    _finish(fresh, Outcome.EXPIRED, at=at)
    if fresh.registration.is_live and not fresh.registration.is_seated:
        reason = _("%(leader)s didn't answer in time") % {"leader": fresh.registration.leader_name}
        _end(network, fresh, by=EXPIRY, at=at, reason=reason)
    return True


def designation_of(token: str) -> Designation | None:
    """Return what a signed link names, or None."""
    try:
        uid = signing.loads(token, salt=emails.SALT)
    except signing.BadSignature:
        return None
    return _with_all().filter(uid=uid).first()


def check_open(designation: Designation, *, at: datetime) -> None:
    """Raise DesignationOver unless the leader can still answer."""
    who = {"name": designation.registration.person}
    if designation.outcome == Outcome.CONFIRMED:
        raise DesignationOver(sentence=_("You confirmed that %(name)s is coming in your place.") % who)
    if designation.outcome == Outcome.REFUSED:
        raise DesignationOver(sentence=_("You said that %(name)s isn't coming in your place.") % who)
    if designation.outcome == Outcome.LEFT or not designation.registration.is_live:
        raise DesignationOver(sentence=_("%(name)s isn't coming anymore, so there's nothing to do.") % who)
    if designation.registration.network.status != Network.Status.PUBLISHED:
        raise DesignationOver(sentence=_("This network isn't taking place, so there's nothing to confirm."))
    if not designation.is_open(at=at):
        words = _("This link has expired, and the seat was given up. %(name)s can register again.")
        raise DesignationOver(sentence=words % who)


def leader_of(registration: Registration) -> Actor:
    """Return the leader as whoever acts, who may have no login here."""
    return Outsider(registration.leader_name or registration.leader_email)


def _fresh(designation: Designation) -> Designation:
    return _with_all().get(pk=designation.pk)


def _with_all() -> QuerySet[Designation]:
    return Designation.objects.select_related("registration__person", "registration__network")


def _finish(designation: Designation, outcome: str, *, at: datetime) -> None:
    """Write how it ended; the code is forgotten."""
    designation.ended_at, designation.outcome, designation.code_hash = at, outcome, ""
    designation.save(update_fields=["ended_at", "outcome", "code_hash"])
