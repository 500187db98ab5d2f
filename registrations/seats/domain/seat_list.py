"""Who is on the reserved seats of an organization, for its contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from partners.models import Organization
from registrations.models import Registration, Reservation, SeatInvitation
from registrations.seats.domain import reserved
from registrations.seats.domain.reserved import UsedReservation


@dataclass(frozen=True)
class OnSeat:
    """One reserved seat with somebody on it: who, whether they took it, and the row that says so."""

    uid: UUID
    name: str
    address: str
    has_taken: bool


@dataclass(frozen=True)
class ReservedSeats:
    """One reservation with who is on its seats."""

    reservation: UsedReservation
    people: list[OnSeat]

    @property
    def left(self) -> int:
        """Return how many seats have nobody on them."""
        return reserved.to_give(self.reservation)


def seats_of(organization: Organization, *, at: datetime) -> list[ReservedSeats]:
    """Return the reservations of an organization that keep seats, with who is on them; four queries."""
    standing = Reservation.objects.standing(at).filter(organization=organization)
    return [_shown(one) for one in reserved.with_use(_with_people(standing, at=at), at=at)]


def _with_people(reservations, *, at: datetime):  # type: ignore[no-untyped-def]
    seated = Registration.objects.occupying().select_related("person").prefetch_related("invitations")
    return reservations.select_related("network", "organization").prefetch_related(
        Prefetch("registrations", seated.by_name(), to_attr="on_seats"),
        Prefetch("invitations", SeatInvitation.objects.live(at), to_attr="asked"),
    )


def _shown(reservation: UsedReservation) -> ReservedSeats:
    taken: Iterable[Registration] = reservation.on_seats  # type: ignore[attr-defined]
    asked: Iterable[SeatInvitation] = reservation.asked  # type: ignore[attr-defined]
    people = [_taken(one) for one in taken]
    people += [OnSeat(one.uid, f"{one.first_name} {one.last_name}", one.address, False) for one in asked]
    return ReservedSeats(reservation, people)


def _taken(registration: Registration) -> OnSeat:
    """Return who has a seat: by name whom the contact named, or who agreed to be seen."""
    named = registration.invitations.all()
    if named or registration.person.shares_registrations:
        address = next((one.address for one in named), "")
        return OnSeat(registration.uid, str(registration.person), address, True)
    return OnSeat(registration.uid, _("Somebody who registered on their own"), "", True)
