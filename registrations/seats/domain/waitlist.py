"""The waitlist: who is given or offered a seat that is free, by itself or by hand. The order is in `line`."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Sweep
from registrations.models import Offer, Party, Registration
from registrations.seats.domain import guests, limits, line, offers, party_seats, seats
from registrations.seats.domain.calendar_revisions import raise_all_of
from registrations.seats.domain.ending import end
from registrations.seats.domain.telling import tell
from registrations.seats.exceptions import RegistrationRefused
from stemnet import jobs
from stemnet.outbox.waking import wake

Status = Registration.Status
WAITLIST = Sweep("waitlist")
AT_ONCE = 10  # people served under one lock, which is short; the sweep goes on with the others
STAFF_ONLY = timedelta(hours=2)  # before the start: nobody is asked to decide in less
TRIES = 2  # offers that one lets pass before one leaves the line


def seat_from_waitlist(network: seats.Locked, *, by: Actor, at: datetime) -> list[Registration | Party]:
    """Give what is free to whoever is next by the network's rule: an offer, or at once the seat.

    The one way of every seat that comes free, whatever freed it (docs/rules.md 4.3). First offers that ran
    out end. AT_ONCE at the most are served; who comes with more people than seats are free is passed. A party
    that waits as one gets its seats kept, and its people are asked. Returns who was served.
    """
    _end_overdue(network, by=by, at=at)
    left = limits.count(network, at=at)
    if left or _somebody_is_kept(network):
        limits.note(network, left)
    closes_at = network.closes_at()
    if network.status != Network.Status.PUBLISHED or not are_automatic(closes_at, at=at):
        return []
    free = seats.free_seats(network, at=at)
    chosen = _served_by(network, free, left) if free else []
    together = [one for one in chosen if isinstance(one, Party)]
    for party in together:
        party_seats.serve(party, closes_at=closes_at, at=at)
    alone = [one for one in chosen if isinstance(one, Registration)]
    served: list[Registration | Party] = [
        *_serve(network, alone, closes_at=closes_at, by=by, at=at),
        *together,
    ]
    if left and served:
        limits.note(network, left)
    return served


def _somebody_is_kept(network: seats.Locked) -> bool:
    """Return whether a limit was found to keep anyone in line from a seat."""
    alone = network.registrations.waiting().exclude(limited_by="")
    return alone.exists() or network.parties.waiting().exclude(limited_by="").exists()


def _served_by(network: seats.Locked, free: int, left: limits.Left) -> list[Registration | Party]:
    """Return whom ``free`` seats are for, next first; whoever a limit keeps is passed, as ``left`` says."""
    order = [one.key for one in line.in_order(network) if not one.limited and one.party_size <= free]
    found = _rows_of(network, order if left else order[:AT_ONCE])
    chosen: list[Registration | Party] = []
    for one in (found[key] for key in order if key in found):
        place, size = _place_and_size(one)
        if size <= free and len(chosen) < AT_ONCE and left.blocks(place, size) is None:
            left.take(place, size)
            free -= size
            chosen.append(one)
    return chosen


def _rows_of(network: seats.Locked, keys: Sequence[int]) -> dict[int, Registration | Party]:
    """Return the registrations and parties of these keys of a line."""
    rows = network.registrations.select_related("person", *limits.WITH_PLACE)
    found: dict[int, Registration | Party] = dict(rows.in_bulk([key for key in keys if key > 0]).items())
    if parties := [-key for key in keys if key < 0]:
        together = network.parties.waiting().select_related("organization__part_of", "by")
        found |= {line.key_of(party): party for party in together.filter(pk__in=parties)}
    return found


def _place_and_size(one: Registration | Party) -> tuple[limits.Place, int]:
    if isinstance(one, Party):
        return limits.place_of_party(one), one.size or 1
    return limits.place_of(one.position), one.party_size


def _serve(
    network: seats.Locked,
    chosen: list[Registration],
    *,
    closes_at: datetime | None,
    by: Actor,
    at: datetime,
) -> list[Registration]:
    """Offer ``chosen`` a seat each, or give it at once where the network does not ask; they are told."""
    if network.offer_hours:
        until = offers.deadline(network, closes_at=closes_at, at=at)
        served = [offers.make(one, until=until, by=by, at=at) for one in chosen]
    else:
        served = [_seat(one, by=by, at=at, asks=True) for one in chosen]
    held = [one for one in served if one.status == Status.HELD]
    tell(held, "seat_held", at=at)
    given = [one for one in served if one.status != Status.HELD]
    tell(given, "seat_offered" if network.offer_hours else "seat_given", at=at)
    return served


def _end_overdue(network: seats.Locked, *, by: Actor, at: datetime) -> None:
    """End offers that ran out: back to the end of the line, and out of it the second time."""
    mine = offers.overdue(at=at).filter(registration__network=network)
    for offer in mine.select_related("registration__person"):
        registration = offer.registration
        registration.network = network
        offers.close(registration, Offer.Outcome.EXPIRED, at=at)
        passed = registration.offers.filter(outcome=Offer.Outcome.EXPIRED).count()
        if passed >= TRIES:
            end(registration, Status.WITHDRAWN, by=by, at=at, reason=_("Two offers of a seat expired"))
        else:
            registration.status, registration.line = Status.WAITING, seats.next_in_line(network)
            registration.save(update_fields=["status", "line"])
            seats.write_registration_history(
                registration, from_status=Status.OFFERED, by=by, at=at, reason=_("The offer expired")
            )
        tell([registration], "offer_expired", offer=str(offer.uid), stays=passed < TRIES, at=at)


@jobs.finishing()
@transaction.atomic
def fill_seats(network: Network, *, by: Actor, at: datetime) -> list[Registration | Party]:
    """Serve whoever is next in ``network``, as after more seats were set; the sweep serves the others.

    Returns who was served.
    """
    served = seat_from_waitlist(seats.lock_network(network), by=by, at=at)
    if len(served) == AT_ONCE:
        wake("registrations.sweep_waitlist")
    return served


def sweep_waitlists(*, at: datetime) -> int:
    """Serve people wherever a seat is free and somebody waits, and end offers that ran out.

    Heals what was missed, such as a hold that expired. Returns how many were served.
    """
    waiting = Registration.objects.waiting().order_by().values("network")
    overdue = offers.overdue(at=at).order_by().values("registration__network")
    parties = Party.objects.filter(line__isnull=False).values("network")
    due = Q(pk__in=waiting) | Q(pk__in=parties) | Q(pk__in=overdue)
    networks = Network.objects.filter(due, status=Network.Status.PUBLISHED)
    number = 0
    for network in networks:
        while served := len(fill_seats(network, by=WAITLIST, at=at)):
            number += served
    return number


def seats_are_automatic(network: Network, *, at: datetime) -> bool:
    """Return whether freed seats go to whoever is next by themselves at this moment."""
    return are_automatic(network.closes_at(), at=at)


def are_automatic(closes_at: datetime | None, *, at: datetime) -> bool:
    """Return the same of a network whose registration ends at ``closes_at``."""
    last = max(timedelta(hours=settings.AUTOMATIC_SEATS_UNTIL_HOURS), STAFF_ONLY)
    return closes_at is None or at < closes_at - last


@jobs.finishing()
@transaction.atomic
def give_seat(registration: Registration, *, by: Actor, at: datetime, reason: str = "") -> Registration:
    """Let staff seat one waiting registration, or one that is offered a seat; the person is told.

    Passing others in line or going over the seats wants a reason (docs/rules.md 13.15). Raises
    RegistrationRefused.
    """
    network = seats.lock_network(registration.network)
    registration = network.registrations.select_related("person").get(pk=registration.pk)
    if registration.status not in (Status.WAITING, Status.OFFERED, Status.HELD):
        raise RegistrationRefused(sentence=_("This person isn't on the waitlist."))
    waits = registration.status == Status.WAITING
    over = waits and seats.free_seats(network, at=at) < registration.party_size
    if over and not reason:
        raise RegistrationRefused(
            sentence=_("Every seat is taken. Say why you're giving this person one anyway.")
        )
    if not reason and waits and seats.place_in_line(registration) > 1:
        raise RegistrationRefused(
            sentence=_("Other people are ahead in line. Say why this person goes first.")
        )
    if over:
        registration.over_seats_reason = reason
    offers.close(registration, Offer.Outcome.GIVEN, at=at)
    seated = _seat(registration, by=by, at=at, reason=reason)
    tell([seated], "seat_given", at=at)
    return seated


def seat_offered(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Seat somebody who accepted their offer; whoever calls holds the network's row and has looked."""
    offers.close(registration, Offer.Outcome.ACCEPTED, at=at)
    seated = _seat(registration, by=by, at=at, asks=True)
    tell([seated], "seat_given" if seated.is_seated else "seat_held", at=at)
    return seated


def seat_held(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """Seat somebody whose leader has confirmed; whoever calls holds the network's row and has looked."""
    seated = _seat(registration, by=by, at=at)
    tell([seated], "registered", at=at)
    return seated


def _seat(
    registration: Registration, *, by: Actor, at: datetime, reason: str = "", asks: bool = False
) -> Registration:
    """Turn a place in line, or an offer, into a seat; where it ``asks`` a leader first, it is only held."""
    before = registration.status
    registration.status, registration.seated_at = Status.SEATED, at
    if asks and registration.leader_email and registration.designations.open().exists():
        registration.status, registration.seated_at = Status.HELD, None
    registration.limited_by = ""
    registration.save(update_fields=["status", "seated_at", "over_seats_reason", "limited_by"])
    seats.write_registration_history(registration, from_status=before, by=by, at=at, reason=reason)
    if registration.is_seated:
        guests.has_a_seat_now(registration, at=at)
    others = registration.network.registrations.filter(person=registration.person_id)
    if others.exclude(pk=registration.pk).filter(seated_at__isnull=False).exists():
        raise_all_of(registration.network, registration.person, at=at)
    return registration
