"""Who is on the reserved seats of an organization, for its contact."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
    rows = list(reserved.with_use(standing.select_related("network", "organization"), at=at))
    people: dict[int | None, list[OnSeat]] = defaultdict(list)
    seated = Registration.objects.occupying().filter(reservation__in=rows).select_related("person")
    for one in seated.prefetch_related("invitations").by_name():
        people[one.reservation_id].append(_taken(one))
    for asked in SeatInvitation.objects.live(at).filter(reservation__in=rows).order_by("pk"):
        name = f"{asked.first_name} {asked.last_name}"
        people[asked.reservation_id].append(OnSeat(asked.uid, name, asked.address, has_taken=False))
    return [ReservedSeats(one, people[one.pk]) for one in rows]


def _taken(registration: Registration) -> OnSeat:
    """Return who has a seat: by name whom the contact named, or who agreed to be seen."""
    named = registration.invitations.all()
    if named or registration.person.shares_registrations:
        address = next((one.address for one in named), "")
        return OnSeat(registration.uid, str(registration.person), address, has_taken=True)
    return OnSeat(registration.uid, _("Somebody who registered on their own"), "", has_taken=True)
