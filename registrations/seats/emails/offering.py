"""Mail about the offer of a seat: made, about to end, ended."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse

from registrations.models import Offer, Registration
from registrations.seats.emails.registering import letter
from stemnet.models import MailClass
from stemnet.outbox.queueing import Extras, queue
from stemnet.wording import moment

OFFER_SALT = "registrations.offer"


def seat_offered(registration: Registration, *, at: datetime) -> None:
    """Say that a seat is offered, until when, and where one answers; nothing of an offer that is over."""
    if offer := registration.offers.open().first():
        offer.registration = registration
        _tell(offer, "seat_offered", at=at)


def offer_reminder(offer: Offer, *, at: datetime) -> None:
    """Remind whoever has not answered; never after the deadline."""
    _tell(offer, "offer_reminder", at=at, expires_at=offer.until)


def offer_expired(registration: Registration, *, offer: str, stays: bool, at: datetime) -> None:
    """Say that the offer of this uid is over, and whether one still waits."""
    context = {"stays": stays, "was_seated": stays}
    said = letter(registration, "offer_expired", context=context, key=offer)
    if said:
        queue(at=at, **said)


def _tell(offer: Offer, name: str, *, at: datetime, expires_at: datetime | None = None) -> None:
    registration = offer.registration
    extras: Extras = {"secret": True}
    if expires_at:
        extras |= {"mail_class": MailClass.REMINDER, "expires_at": expires_at}
    context = {
        "until": moment(offer.until, registration.network.zone),
        "offer_url": settings.SITE_URL + reverse("offer_link", args=[offer_token(offer)]),
    }
    if said := letter(registration, name, context=context, key=str(offer.uid), **extras):
        queue(at=at, **said)


def offer_token(offer: Offer) -> str:
    """Return the signed part of the link by which its owner answers an offer without signing in."""
    return signing.dumps([str(offer.uid), offer.registration.person.link_number], salt=OFFER_SALT)
