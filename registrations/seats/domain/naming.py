"""The contact of an organization says who comes on its reserved seats (docs/rules.md 4.8)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, acted
from registrations.models import Party, Registration, Reservation, SeatInvitation
from registrations.seats.domain import invited_seats, reserved, seats, withdrawing
from registrations.seats.domain.reserving import lock_reservation
from registrations.seats.emails import parties as emails
from registrations.seats.exceptions import ReservationRefused
from stemnet import jobs
from stemnet.telling import tell

KEPT_FOR = timedelta(days=14)


@jobs.finishing()
@transaction.atomic
def name_colleague(
    reservation: Reservation, *, address: str, first_name: str, last_name: str, by: Actor, at: datetime
) -> SeatInvitation:
    """Put a name on a reserved seat: the person is written to and takes it by proving the address.

    The same address again changes nothing. It is not said whether the address is known or registered. Raises
    ReservationRefused where no seat is left, or the network is over.
    """
    network, fresh = lock_reservation(reservation, at=at)
    last = network.meetings.own().standing().order_by("-ends_at").first()
    if network.status != Network.Status.PUBLISHED or (last is not None and last.ends_at <= at):
        raise ReservationRefused(sentence=_("This network doesn't take anybody now."))
    invited_seats.end_old(network, [address], at=at)
    known = network.seat_invitations.filter(address=address, ended_at=None).first()
    if known is not None and known.reservation_id == fresh.pk:
        return known
    if known is not None:
        raise ReservationRefused(sentence=_("Somebody else already asked this person to come."))
    if not reserved.to_give(fresh):
        raise ReservationRefused(sentence=_("Every reserved seat has somebody on it."))
    invitation = SeatInvitation.objects.create(
        network=network,
        party=_party(fresh, by=by, at=at),
        reservation=fresh,
        address=address,
        first_name=first_name,
        last_name=last_name,
        token_hash=invited_seats.unknown_hash(),
        keeps_seat=True,
        sent=1,
        sent_at=at,
        made_at=at,
        until=min(moment for moment in (at + KEPT_FOR, fresh.until) if moment),
    )
    tell(invited_seats.send, invitation, at=at)
    return invitation


@jobs.finishing()
@transaction.atomic
def take_name_off(invitation: SeatInvitation, *, by: Actor, at: datetime) -> None:
    """Take a name off a reserved seat before the person took it; they are told. Twice is once."""
    seats.lock_network(invitation.network)
    fresh = SeatInvitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.outcome == SeatInvitation.Outcome.TAKEN_BACK:
        return
    if fresh.outcome == SeatInvitation.Outcome.REGISTERED:
        raise ReservationRefused(sentence=_("This person took the seat in the meantime."))
    if fresh.ended_at is None:
        invited_seats.finish(fresh, SeatInvitation.Outcome.TAKEN_BACK, at=at)
        tell(emails.seat_not_kept, fresh, at=at)


@jobs.finishing()
@transaction.atomic
def take_seat_back(registration: Registration, *, by: Actor, at: datetime) -> None:
    """Take a reserved seat from whoever has it, before the first meeting; hours earned stay theirs.

    Raises ReservationRefused once the first meeting has started.
    """
    network = seats.lock_network(registration.network)
    fresh = network.registrations.select_related("reservation__organization").get(pk=registration.pk)
    if fresh.reservation is None or not fresh.is_seated:
        raise ReservationRefused(sentence=_("This seat isn't used anymore."))
    starts_at = network.first_start()
    if starts_at is not None and starts_at <= at:
        raise ReservationRefused(
            sentence=_("The first meeting has started. Write to staff if somebody else is coming.")
        )
    reason = _("%(organization)s is giving this seat to somebody else.")
    organization = fresh.reservation.organization
    withdrawing.remove_from_network(
        registration, by=by, at=at, reason=reason % {"organization": organization}
    )


def _party(reservation: Reservation, *, by: Actor, at: datetime) -> Party:
    """Return the party of the names that one person put on seats of an organization, new or known."""
    mine = {"kind": Party.Kind.RESERVED, "organization": reservation.organization, **acted(by)}
    known = reservation.network.parties.filter(**mine).first()
    return known or reservation.network.parties.create(made_at=at, **mine)
