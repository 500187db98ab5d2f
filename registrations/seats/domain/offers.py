"""Offers of free seats (docs/rules.md 4.3): until when, made and closed, under the lock of the network."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import Meeting, Network
from partners.models import Actor
from registrations.models import Offer, Registration
from registrations.seats.domain import seats

Status = Registration.Status
# An answer that was sent in time counts, though it takes a moment to arrive: the clock ends offers later.
GRACE = timedelta(minutes=1)


def deadline(network: Network, *, closes_at: datetime | None, at: datetime) -> datetime:
    """Return until when a seat that is offered now can be accepted; never past the end of registration."""
    until = at + timedelta(hours=network.offer_hours)
    return until if closes_at is None else min(until, closes_at)


def make(registration: Registration, *, until: datetime, by: Actor, at: datetime) -> Registration:
    """Offer a seat to somebody who waits, who keeps their number in line."""
    registration.status = Status.OFFERED
    registration.save(update_fields=["status"])
    Offer.objects.create(registration=registration, made_at=at, until=until)
    seats.write_registration_history(registration, from_status=Status.WAITING, by=by, at=at)
    return registration


def close(registration: Registration, outcome: "Offer.Outcome", *, at: datetime) -> None:
    """End the open offer of a registration, if it has one."""
    Offer.objects.open().filter(registration=registration).update(ended_at=at, outcome=outcome)


def overdue(*, at: datetime) -> QuerySet[Offer]:
    """Return open offers that nobody can accept any more: the deadline or the first start has passed."""
    begun = (
        Meeting.objects.own()
        .standing()
        .filter(network=OuterRef("registration__network"), starts_at__lte=at - GRACE)
    )
    return Offer.objects.open().filter(Q(until__lte=at - GRACE) | Exists(begun))


def open_offer(registration: Registration) -> Offer | None:
    """Return the offer that a registration can answer, or None."""
    return registration.offers.open().first()


def take_back_all(network: Network, *, by: Actor, at: datetime, reason: str) -> list[Registration]:
    """End every open offer of a network that is called off; return whose, who wait again."""
    offered = list(network.registrations.filter(status=Status.OFFERED).select_related("person", "network"))
    for registration in offered:
        close(registration, Offer.Outcome.TAKEN_BACK, at=at)
        registration.status = Status.WAITING
        registration.save(update_fields=["status"])
        seats.write_registration_history(
            registration, from_status=Status.OFFERED, by=by, at=at, reason=reason
        )
    return offered
