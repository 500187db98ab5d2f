"""Answering the offer of a seat, signed in or by the link of the mail, and reminding of it once."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Person, is_night
from registrations.models import Offer, Registration
from registrations.seats.domain import seats, waitlist, withdrawing
from registrations.seats.emails import offering as emails
from registrations.seats.exceptions import OfferAnswered, OfferOver
from stemnet import jobs, wording

REMIND_BEFORE = timedelta(hours=12)
Outcome = Offer.Outcome


@jobs.finishing()
@transaction.atomic
def accept(offer: Offer, *, by: Actor, at: datetime) -> Registration:
    """Take the seat that is offered; again does no harm. Raises OfferAnswered or OfferOver."""
    network = seats.lock_network(offer.registration.network)
    fresh = _fresh(offer)
    if fresh.outcome in (Outcome.ACCEPTED, Outcome.GIVEN) and fresh.registration.is_seated:
        return fresh.registration
    _check(fresh, network, at=at)
    return waitlist.seat_offered(fresh.registration, by=by, at=at)


@jobs.finishing()
@transaction.atomic
def decline(offer: Offer, *, by: Actor, at: datetime) -> Registration:
    """Leave the line, so that the seat goes to whoever is next; again does no harm.

    Raises OfferAnswered, so that nobody loses a seat that they accepted in another tab, or OfferOver.
    """
    network = seats.lock_network(offer.registration.network)
    fresh = _fresh(offer)
    if fresh.outcome == Outcome.DECLINED:
        return fresh.registration
    _check(fresh, network, at=at)
    return withdrawing.leave_network(fresh.registration, by=by, at=at)


def _fresh(offer: Offer) -> Offer:
    return Offer.objects.select_related("registration__person", "registration__network").get(pk=offer.pk)


def _check(offer: Offer, network: Network, *, at: datetime) -> None:
    """Raise why an offer can't be answered any more."""
    if offer.outcome in (Outcome.ACCEPTED, Outcome.GIVEN):
        raise OfferAnswered(sentence=_("You already have this seat. You can give it up in My learning."))
    if offer.outcome == Outcome.DECLINED:
        raise OfferAnswered(sentence=_("You declined this seat, so it went to the next person in line."))
    if offer.outcome == Outcome.TAKEN_BACK or network.status != Network.Status.PUBLISHED:
        raise OfferOver(sentence=_("This seat isn't offered anymore."))
    if not is_open(offer, network, at=at):
        until = wording.moment(offer.until, network.zone)
        raise OfferOver(sentence=_("You could accept this seat until %(until)s.") % {"until": until})


def is_open(offer: Offer, network: Network, *, at: datetime) -> bool:
    """Return whether an offer can be answered at the moment ``at``."""
    if offer.ended_at is not None or at >= offer.until or network.status != Network.Status.PUBLISHED:
        return False
    starts_at = network.first_start()
    return starts_at is None or at < starts_at


def offer_of(token: str) -> Offer | None:
    """Return the offer that a signed link names, or None."""
    try:
        uid, number = signing.loads(token, salt=emails.OFFER_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    known = Offer.objects.select_related("registration__person", "registration__network")
    return known.filter(uid=uid, registration__person__link_number=number).first()


def own_offers(person: Person | None) -> QuerySet[Offer]:
    """Return the offers of somebody's own registrations."""
    known = Offer.objects.select_related("registration__person", "registration__network")
    return known.filter(registration__person=person) if person else known.none()


def sweep_offers(*, at: datetime) -> int:
    """Remind whoever has not answered 12 hours before the deadline, by day, once; return how many."""
    due = (
        Offer.objects.open()
        .filter(reminded_at=None, until__gt=at, until__lte=at + REMIND_BEFORE)
        .filter(registration__network__status=Network.Status.PUBLISHED)
        .select_related("registration__person", "registration__network")
    )
    return sum(_remind(offer, at=at) for offer in due)


@transaction.atomic
def _remind(offer: Offer, *, at: datetime) -> bool:
    """Remind of one offer, unless it was made for a day or less, or it is night; return whether it did."""
    if offer.until - offer.made_at <= 2 * REMIND_BEFORE or is_night(at, offer.registration.network.zone):
        return False
    if not Offer.objects.open().filter(pk=offer.pk, reminded_at=None).update(reminded_at=at):
        return False
    emails.offer_reminder(offer, at=at)
    return True
