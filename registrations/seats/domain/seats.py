"""Seats: the one way to a seat, and to the waitlist. Whoever gives a seat locks the network row first."""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import datetime, timedelta
from typing import NewType
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor, Person, Position, Sweep, acted
from registrations.models import Acceptance, Hold, Registration, RegistrationChange
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.calendar_revisions import raise_all_of
from registrations.seats.domain.occupancy import SeatedNetwork, with_seats
from registrations.seats.domain.telling import tell
from registrations.seats.exceptions import (
    AlreadyRegistered,
    Full,
    NotOpenYet,
    RegistrationClosed,
    RegistrationRefused,
)
from stemnet import jobs, wording
from stemnet.outbox.waking import wake

Status = Registration.Status
WAITLIST = Sweep("waitlist")
AT_ONCE = 10  # people seated under one lock, which is short; the sweep goes on with the others
# A network whose row this transaction holds: only `lock_network` gives one.
Locked = NewType("Locked", Network)


def lock_network(network: Network) -> Locked:
    """Lock the network's row until the transaction ends and return it fresh."""
    return Locked(Network.objects.select_for_update().get(pk=network.pk))


def lock_network_of(meeting: UUID) -> Locked | None:
    """Lock the network of the meeting of this ``uid``, by one statement; None where it has none."""
    mine = Meeting.objects.filter(uid=meeting).values("network")
    found = Network.objects.select_for_update().filter(pk__in=mine).first()
    return Locked(found) if found else None


def look(network: Network, *, at: datetime) -> SeatedNetwork:
    """Return the network as it stands, with its seats, line and dates: one query for every question below."""
    return with_seats(Network.objects.filter(pk=network.pk), at=at).get()


def occupied(network: Network, *, at: datetime) -> int:
    """Return seats taken: seated and offered registrations, and live holds that keep one."""
    people = network.registrations.occupying().aggregate(n=models.Sum("party_size"))["n"] or 0
    return people + network.holds.occupying(at).count()


def free_seats(network: Network, *, at: datetime) -> int:
    """Return seats left; never below zero, even where staff went over the seats."""
    return max(0, network.seats - occupied(network, at=at))


def check_open(network: Network, *, at: datetime) -> None:
    """Raise RegistrationClosed unless the network takes registrations at this moment (docs/rules.md 4.2)."""
    check_is_open(network, closes_at=network.closes_at(), at=at)


def check_is_open(network: Network, *, closes_at: datetime | None, at: datetime) -> None:
    """Raise the same, where whoever calls knows when registration ends."""
    if network.status == Network.Status.CANCELLED:
        raise RegistrationClosed(sentence=_("This network was cancelled."))
    if network.status != Network.Status.PUBLISHED:
        raise RegistrationClosed(sentence=_("This network isn't open for registration."))
    if closes_at is not None and at >= closes_at:
        raise RegistrationClosed(
            sentence=_("Registration closed on %(moment)s.")
            % {"moment": wording.moment(closes_at, network.zone)}
        )
    if network.opens_at is not None and network.opens_after(at):
        raise NotOpenYet(wording.moment(network.opens_at, network.zone))


def next_in_line(network: Network) -> int:
    """Return the next number in line; asked under the lock, so that numbers have no gaps."""
    last = network.registrations.aggregate(last=models.Max("line"))["last"]
    return (last or 0) + 1


def place_in_line(registration: Registration) -> int:
    """Return how many wait up to and including this one; 1 is next."""
    return registration.network.registrations.waiting().filter(line__lte=registration.line).count()


def drafted(
    network: Network,
    person: Person,
    answers: Answers,
    *,
    at: datetime,
    origin: str = Registration.Origin.WEB,
    over_seats_reason: str = "",
) -> Registration:
    """Return a registration that nobody has written, from which its mail can be rendered before the lock."""
    return Registration(
        network=network,
        person=person,
        origin=origin,
        requested_at=at,
        over_seats_reason=over_seats_reason,
        grade_bands=answers.grade_bands,
        leader_name=answers.leader_name,
        leader_job=answers.leader_job,
        leader_email=answers.leader_email,
        party_size=answers.party_size,
    )


def register(
    *,
    network: Locked,
    person: Person,
    answers: Answers,
    by: Actor,
    at: datetime,
    hold: Hold | None = None,
    position: Position | None = None,
    origin: str = Registration.Origin.WEB,
    over_seats_reason: str = "",
) -> Registration:
    """Give ``person`` a seat in ``network`` if one is free, else a place in line; who calls tells them.

    ``hold`` is a live hold of the person's address: a seat kept for that is theirs, even after closing.
    ``over_seats_reason`` is for staff, who may add people after closing and beyond the seats. Raises
    RegistrationClosed, AlreadyRegistered or Full (docs/rules.md 4.3).
    """
    draft = drafted(network, person, answers, at=at, origin=origin, over_seats_reason=over_seats_reason)
    draft.position = position
    return enter(draft, answers, network=network, by=by, at=at, hold=hold)


def enter(
    draft: Registration,
    answers: Answers,
    *,
    network: Locked,
    by: Actor,
    at: datetime,
    hold: Hold | None = None,
    before: Sequence[Registration] | None = None,
) -> Registration:
    """Write what was `drafted`, as `register` does; ``before`` are the person's registrations so far."""
    kept = release_seat(hold, at=at) if hold else False
    seen = None if kept else look(network, at=at)
    if not draft.over_seats_reason:
        closes_at = seen.closes_with(seen.first_starts_at) if seen else network.closes_at()
        check_is_open(network, closes_at=closes_at, at=hold.created_at if hold and kept else at)
    if before is None:
        before = list(network.registrations.filter(person=draft.person))
    if any(one.is_live for one in before):
        raise AlreadyRegistered
    registration = copy(draft)
    registration.network = network
    if registration.over_seats_reason or not seen or room_in(seen, party_size=registration.party_size):
        registration.status, registration.seated_at = Status.SEATED, at
    else:
        check_line(seen, waiting=lambda: seen.waiting)
        registration.status, registration.line = Status.WAITING, next_in_line(network)
    registration.save()
    Acceptance.objects.bulk_create(
        Acceptance(registration=registration, version_id=version, accepted_at=at)
        for version in answers.accepted
    )
    write_registration_history(
        registration, from_status="", by=by, at=at, reason=registration.over_seats_reason
    )
    if registration.is_seated and any(one.seated_at for one in before):
        raise_all_of(network, registration.person, at=at)
    return registration


def has_room(network: Network, *, at: datetime, party_size: int = 1) -> bool:
    """Return whether so many seats are free now, and nobody in line would be passed."""
    return room_in(look(network, at=at), party_size=party_size)


def room_in(seen: SeatedNetwork, *, party_size: int = 1) -> bool:
    """Return the same of a network that was just looked at."""
    return not seen.waiting and seen.seats - seen.taken >= party_size


def check_room(network: Network, *, at: datetime, party_size: int = 1) -> None:
    """Raise Full where there is neither a seat nor a place in line."""
    if not has_room(network, at=at, party_size=party_size):
        check_waitlist(network)


def check_takes(seen: SeatedNetwork, *, at: datetime) -> None:
    """Raise why a network that was just looked at takes nobody now; nothing where it has a seat or a line."""
    check_is_open(seen, closes_at=seen.closes_with(seen.first_starts_at), at=at)
    if not room_in(seen):
        check_line(seen, waiting=lambda: seen.waiting)


def keeps_seat(hold: Hold, *, at: datetime) -> bool:
    """Return whether a hold was promised a seat that is kept at this moment."""
    return hold.keeps_seat and hold.used_at is None and hold.expires_at > at


def release_seat(hold: Hold, *, at: datetime) -> bool:
    """Let the address of ``hold`` keep no seat any longer; return whether it did."""
    taking = Hold.objects.occupying(at).filter(network=hold.network_id, address=hold.address)
    return taking.update(takes_seat=False) > 0


def check_waitlist(network: Network) -> None:
    """Raise Full unless one more may wait."""
    check_line(network, waiting=network.registrations.waiting().count)


def check_line(network: Network, *, waiting: Callable[[], int]) -> None:
    """Raise the same; ``waiting`` says how many wait, where that is limited."""
    if not network.waitlist:
        raise Full(has_waitlist=False)
    if network.waitlist_limit is not None and waiting() >= network.waitlist_limit:
        raise Full(has_waitlist=True)


def seat_from_waitlist(network: Locked, *, by: Actor, at: datetime) -> list[Registration]:
    """Seat the first in line while seats are free, AT_ONCE at the most, and return who was seated.

    From AUTOMATIC_SEATS_UNTIL_HOURS before the first meeting on, only staff give seats (docs/rules.md 4.3).
    """
    if network.status != Network.Status.PUBLISHED or not seats_are_automatic(network, at=at):
        return []
    seated = []
    for registration in network.registrations.waiting().select_related("person")[:AT_ONCE]:
        if free_seats(network, at=at) < registration.party_size:
            break
        seated.append(_seat(registration, by=by, at=at))
    tell(seated, "seat_given", at=at)
    return seated


@jobs.finishing()
@transaction.atomic
def fill_seats(network: Network, *, by: Actor, at: datetime) -> list[Registration]:
    """Seat the first in line in ``network``, as after more seats were set; the sweep seats the others.

    Returns who was seated.
    """
    seated = seat_from_waitlist(lock_network(network), by=by, at=at)
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
    network = lock_network(registration.network)
    registration = network.registrations.select_related("person").get(pk=registration.pk)
    if registration.status not in (Status.WAITING, Status.OFFERED):
        raise RegistrationRefused(sentence=_("This person isn't on the waitlist."))
    over = registration.status == Status.WAITING and free_seats(network, at=at) < registration.party_size
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
    registration.save(update_fields=["status", "seated_at", "over_seats_reason"])
    write_registration_history(registration, from_status=before, by=by, at=at, reason=reason)
    others = registration.network.registrations.filter(person=registration.person_id)
    if others.exclude(pk=registration.pk).filter(seated_at__isnull=False).exists():
        raise_all_of(registration.network, registration.person, at=at)
    return registration


def write_registration_history(
    registration: Registration, *, from_status: str, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Write the row of history of a registration's change of status."""
    RegistrationChange.objects.create(
        registration=registration,
        from_status=from_status,
        to_status=registration.status,
        at=at,
        reason=reason,
        **acted(by),
    )
