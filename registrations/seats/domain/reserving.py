"""Seats that a coordinator reserves for an organization, and giving them back (docs/rules.md 4.8)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Network
from partners.models import Actor, Organization, acted
from registrations.models import Reservation, SeatInvitation
from registrations.seats.domain import reserved, seats, waitlist
from registrations.seats.domain.reserved import UsedReservation
from registrations.seats.emails import reservations as emails
from registrations.seats.exceptions import ReservationRefused
from stemnet import jobs
from stemnet.telling import tell

REMINDED_BEFORE = timedelta(days=7)


@jobs.finishing()
@transaction.atomic
def reserve_seats(
    network: Network,
    organization: Organization,
    *,
    number: int,
    until: datetime | None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Reservation:
    """Reserve ``number`` seats for an organization, until a moment or without end; its contacts are told.

    More than are free want a reason. Raises ReservationRefused.
    """
    network = seats.lock_network(network)
    if network.status == Network.Status.CANCELLED:
        raise ReservationRefused(sentence=_("This network was cancelled."))
    if Reservation.objects.filter(network=network, organization=organization, given_back_at=None).exists():
        raise ReservationRefused(
            sentence=_("%(organization)s already has reserved seats here. Change their number instead.")
            % {"organization": organization}
        )
    _check_until(until, at=at)
    _check_free(seats.free_seats(network, at=at), wanted=number, reason=reason)
    reservation = network.reservations.create(
        organization=organization,
        seats=number,
        until=until,
        over_reason=reason.strip(),
        made_at=at,
        **acted(by),
    )
    tell(emails.seats_reserved, reservation, at=at)
    return reservation


@jobs.finishing()
@transaction.atomic
def change_reservation(
    reservation: Reservation,
    *,
    number: int,
    until: datetime | None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Reservation:
    """Give a reservation another number of seats or another end; seats that it loses go to those in line.

    Fewer than are used or named for are refused, more than are free want a reason.
    """
    network, fresh = lock_reservation(reservation, at=at)
    taken = fresh.used + fresh.named
    if number < max(taken, 1):
        words = ngettext(
            "%(n)s of these seats is used or has a name on it, so keep at least that many.",
            "%(n)s of these seats are used or have a name on them, so keep at least that many.",
            taken,
        )
        raise ReservationRefused(sentence=words % {"n": taken} if taken else _("Keep at least one seat."))
    if until != fresh.until:
        _check_until(until, at=at)
        fresh.reminded_at = None
    if number > fresh.seats:
        _check_free(seats.free_seats(network, at=at), wanted=number - fresh.seats, reason=reason)
        fresh.over_reason = reason.strip() or fresh.over_reason
    fresh.seats, fresh.until = number, until
    fresh.save(update_fields=["seats", "until", "over_reason", "reminded_at"])
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return fresh


@jobs.finishing()
@transaction.atomic
def give_back(reservation: Reservation, *, number: int, by: Actor, at: datetime) -> int:
    """Give ``number`` seats back that nobody uses and no name is on; they go to those in line right away.

    Returns how many are left. Raises ReservationRefused for more than are left.
    """
    network, fresh = lock_reservation(reservation, at=at)
    left = reserved.to_give(fresh)
    if not 1 <= number <= left:
        words = ngettext(
            "%(n)s seat has nobody on it and can be given back.",
            "%(n)s seats have nobody on them and can be given back.",
            left,
        )
        raise ReservationRefused(
            sentence=words % {"n": left} if left else _("Every seat has somebody on it.")
        )
    if number == fresh.seats:
        _end(fresh, by=acted(by)["by_name"], at=at)
    else:
        fresh.seats -= number
        fresh.save(update_fields=["seats"])
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return left - number


@jobs.finishing()
@transaction.atomic
def give_back_rest(reservation: Reservation, *, by: Actor, at: datetime) -> None:
    """End a reservation: whoever has a seat keeps it, names are taken off, the rest goes to those in line."""
    network, fresh = lock_reservation(reservation, at=at)
    _end(fresh, by=acted(by)["by_name"], at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)


def sweep_reservations(*, at: datetime) -> int:
    """Give back what nobody used by its last moment, and remind contacts a week before; each once."""
    for due in Reservation.objects.filter(given_back_at=None, until__lte=at):
        let_lapse(due, at=at)
    soon = Reservation.objects.standing(at).filter(until__lte=at + REMINDED_BEFORE, reminded_at=None)
    number = 0
    for one in reserved.with_use(soon.filter(made_at__lt=at - timedelta(days=1)), at=at):
        number += remind(one, at=at)
    return number


@jobs.finishing()
@transaction.atomic
def let_lapse(reservation: Reservation, *, at: datetime) -> bool:
    """End a reservation whose last moment has passed, once, and tell the contacts."""
    network = seats.lock_network(reservation.network)
    due = network.reservations.filter(pk=reservation.pk, given_back_at=None, until__lte=at)
    fresh = reserved.with_use(due.select_related("organization"), at=at).first()
    if fresh is None:
        return False
    unused = max(0, fresh.seats - fresh.used)
    _end(fresh, by="", at=at)
    if unused:
        tell(emails.seats_given_back, fresh, number=unused, at=at)
    waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return True


@jobs.finishing()
@transaction.atomic
def remind(reservation: UsedReservation, *, at: datetime) -> bool:
    """Remind the contacts, once, that seats nobody uses will be given back."""
    if not reserved.to_give(reservation):
        return False
    due = Reservation.objects.filter(pk=reservation.pk, reminded_at=None, given_back_at=None)
    if not due.update(reminded_at=at):
        return False
    tell(emails.reservation_ends, reservation, number=reserved.to_give(reservation), at=at)
    return True


def lock_reservation(reservation: Reservation, *, at: datetime) -> tuple[seats.Locked, UsedReservation]:
    """Lock its network, and return both fresh. Raises ReservationRefused once it keeps no seats any more."""
    network = seats.lock_network(reservation.network)
    standing = Reservation.objects.standing(at).filter(pk=reservation.pk).select_related("organization")
    fresh = reserved.with_use(standing, at=at).first()
    if fresh is None:
        raise ReservationRefused(sentence=_("These seats were given back."))
    fresh.network = network
    return network, fresh


def _end(reservation: Reservation, *, by: str, at: datetime) -> None:
    """Keep no seat for it any longer; names that nobody answered to are taken off."""
    reservation.given_back_at, reservation.given_back_by = at, by
    reservation.save(update_fields=["given_back_at", "given_back_by"])
    unanswered = SeatInvitation.objects.filter(reservation=reservation, ended_at=None)
    unanswered.update(ended_at=at, outcome=SeatInvitation.Outcome.EXPIRED)


def _check_until(until: datetime | None, *, at: datetime) -> None:
    if until is not None and until <= at:
        raise ReservationRefused(sentence=_("Choose a date and time in the future."))


def _check_free(free: int, *, wanted: int, reason: str) -> None:
    """Raise ReservationRefused for more than are free, unless somebody says why."""
    if wanted > free and not reason.strip():
        words = ngettext(
            "Only %(n)s seat is free. Reserve fewer, or say why you're reserving more.",
            "Only %(n)s seats are free. Reserve fewer, or say why you're reserving more.",
            free,
        )
        raise ReservationRefused(sentence=words % {"n": free})
