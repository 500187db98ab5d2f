"""The waitlist: who gets a seat that is free, by itself or by hand. Numbers in line are given in `seats`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Sweep
from registrations.models import Registration
from registrations.seats.domain import limits, seats
from registrations.seats.domain.calendar_revisions import raise_all_of
from registrations.seats.domain.telling import tell
from registrations.seats.exceptions import RegistrationRefused
from stemnet import jobs
from stemnet.outbox.waking import wake

Status = Registration.Status
WAITLIST = Sweep("waitlist")
AT_ONCE = 10  # people seated under one lock, which is short; the sweep goes on with the others


def seat_from_waitlist(network: seats.Locked, *, by: Actor, at: datetime) -> list[Registration]:
    """Seat the first in line while seats are free, AT_ONCE at the most, and return who was seated.

    From AUTOMATIC_SEATS_UNTIL_HOURS before the first meeting on, only staff give seats (docs/rules.md 4.3).
    """
    left = limits.count(network, at=at)
    if left:
        limits.note(network, left)
    if network.status != Network.Status.PUBLISHED or not seats_are_automatic(network, at=at):
        return []
    seated = []
    line = network.registrations.waiting().filter(limited_by="")
    for registration in line.select_related("person", *limits.WITH_PLACE)[:AT_ONCE]:
        place, size = limits.place_of(registration.position), registration.party_size
        if seats.free_seats(network, at=at) < size:
            break
        if left.blocks(place, size) is None:
            left.take(place, size)
            seated.append(_seat(registration, by=by, at=at))
    if left and seated:
        limits.note(network, left)
    tell(seated, "seat_given", at=at)
    return seated


@jobs.finishing()
@transaction.atomic
def fill_seats(network: Network, *, by: Actor, at: datetime) -> list[Registration]:
    """Seat the first in line in ``network``, as after more seats were set; the sweep seats the others.

    Returns who was seated.
    """
    seated = seat_from_waitlist(seats.lock_network(network), by=by, at=at)
    if len(seated) == AT_ONCE:
        wake("registrations.sweep_waitlist")
    return seated


def sweep_waitlists(*, at: datetime) -> int:
    """Seat people wherever a seat is free and somebody waits; heals what was missed. Returns how many."""
    waiting = Registration.objects.waiting().order_by().values("network")
    networks = Network.objects.filter(status=Network.Status.PUBLISHED, pk__in=waiting)
    number = 0
    for network in networks:
        while seated := len(fill_seats(network, by=WAITLIST, at=at)):
            number += seated
    return number


def seats_are_automatic(network: Network, *, at: datetime) -> bool:
    """Return whether freed seats go to the first in line by themselves at this moment."""
    return are_automatic(network.closes_at(), at=at)


def are_automatic(closes_at: datetime | None, *, at: datetime) -> bool:
    """Return the same of a network whose registration ends at ``closes_at``."""
    return closes_at is None or at < closes_at - timedelta(hours=settings.AUTOMATIC_SEATS_UNTIL_HOURS)


@jobs.finishing()
@transaction.atomic
def give_seat(registration: Registration, *, by: Actor, at: datetime, reason: str = "") -> Registration:
    """Let staff seat one waiting registration; the person is told.

    Passing others in line or going over the seats wants a reason (docs/rules.md 13.15). Raises
    RegistrationRefused.
    """
    network = seats.lock_network(registration.network)
    registration = network.registrations.select_related("person").get(pk=registration.pk)
    if registration.status not in (Status.WAITING, Status.OFFERED):
        raise RegistrationRefused(sentence=_("This person isn't on the waitlist."))
    over = (
        registration.status == Status.WAITING and seats.free_seats(network, at=at) < registration.party_size
    )
    if over and not reason:
        raise RegistrationRefused(
            sentence=_("Every seat is taken. Say why you're giving this person one anyway.")
        )
    if not reason and network.registrations.waiting().filter(line__lt=registration.line).exists():
        raise RegistrationRefused(
            sentence=_("Other people are ahead in line. Say why this person goes first.")
        )
    if over:
        registration.over_seats_reason = reason
    seated = _seat(registration, by=by, at=at, reason=reason)
    tell([seated], "seat_given", at=at)
    return seated


def _seat(registration: Registration, *, by: Actor, at: datetime, reason: str = "") -> Registration:
    """Turn a place in line into a seat."""
    before = registration.status
    registration.status, registration.seated_at = Status.SEATED, at
    registration.limited_by = ""
    registration.save(update_fields=["status", "seated_at", "over_seats_reason", "limited_by"])
    seats.write_registration_history(registration, from_status=before, by=by, at=at, reason=reason)
    others = registration.network.registrations.filter(person=registration.person_id)
    if others.exclude(pk=registration.pk).filter(seated_at__isnull=False).exists():
        raise_all_of(registration.network, registration.person, at=at)
    return registration
