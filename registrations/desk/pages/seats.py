"""The seats of a network on one page: figures that add up, limits, places of meetings, reservations."""

from datetime import datetime
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from meetings.models import Modality, Network, counted
from registrations.models import Hold, Registration, Reservation, SeatInvitation
from registrations.seats.domain import limits, reserved, seats, ways
from registrations.seats.domain.ways import Way


def figures_of(network: Network, *, at: datetime) -> list[tuple[str, int]]:
    """Return the rows of the table: each kind of taken seat, free, over; two queries."""
    status, size = Registration.Status, Sum("party_size")
    rows = Registration.objects.all()
    found = Network.objects.annotate(
        seated=counted(rows.filter(status=status.SEATED), size),
        offered=counted(rows.filter(status=status.OFFERED), size),
        for_leaders=counted(rows.filter(status=status.HELD), size),
        held=counted(Hold.objects.occupying(at)),
        asked=counted(SeatInvitation.objects.occupying(at)),
        in_line=counted(rows.filter(status=status.WAITING)),
        limited=counted(rows.filter(status=status.WAITING).exclude(limited_by="")),
    ).get(pk=network.pk)
    taken = seats.occupied(network, at=at)
    kept = taken - found.seated - found.offered - found.for_leaders - found.held - found.asked
    return [
        (_("Seats"), network.seats),
        (_("Registered"), found.seated),
        (_("Offered to people on the waitlist"), found.offered),
        (_("Held until a leader confirms"), found.for_leaders),
        (_("Held while somebody proves their address"), found.held),
        (_("Reserved for organizations, and not used yet"), kept),
        (_("Kept for people who were asked"), found.asked),
        (_("Free"), max(0, network.seats - taken)),
        (_("Over the number of seats"), max(0, taken - network.seats)),
        (_("On the waitlist"), found.in_line),
        (_("On the waitlist because of a limit"), found.limited),
    ]


def limits_of(network: Network, *, at: datetime) -> list[tuple[str, int, int]]:
    """Return each sector with a limit: its words, the seats it has, and the most it can have."""
    left = limits.count(network, at=at)
    rows = network.sector_limits.order_by("sector")
    return [(row.get_sector_display(), left.by_sector[row.sector], row.at_most) for row in rows]


def reservations_of(network: Network, *, at: datetime) -> list[Any]:
    """Return the reservations, those that keep seats first."""
    rows = Reservation.objects.filter(network=network).select_related("organization")
    return list(reserved.with_use(rows, at=at).order_by(F("given_back_at").asc(nulls_first=True), "pk"))


def places_of(network: Network) -> list[dict[str, Any]]:
    """Return the meetings that are held in the room and online, with who chose which; three queries."""
    meetings = network.meetings.standing().filter(modality=Modality.HYBRID).order_by("starts_at", "pk")
    seated = network.registrations.seated().count()
    return [
        {
            "meeting": one.meeting,
            "room": one.chosen[Way.ROOM],
            "online": one.chosen[Way.ONLINE],
            "open": max(0, seated - one.chosen.total()) if one.meeting.working_group_id is None else None,
        }
        for one in ways.places_of(meetings).values()
    ]
