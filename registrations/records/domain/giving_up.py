"""Giving up what is still ahead before somebody's data is deleted: seats and places in line."""

from contextlib import suppress
from datetime import datetime

from meetings.models import Meeting
from partners.models import Person
from registrations.models import Registration
from registrations.seats.domain import guests
from registrations.seats.domain.withdrawing import leave_network
from registrations.seats.exceptions import GuestRefused, WithdrawingRefused


def give_up_seats(person: Person, /, *, by: Person, at: datetime) -> None:
    """Leave every network that goes on; whoever is next in line gets the seat. One that is over stays."""
    for registration in ahead(person):
        with suppress(WithdrawingRefused):  # it is over: what was earned there stays
            leave_network(registration, by=by, at=at)
    coming = Meeting.objects.filter(guests__registration__person=person, guests__ended_at=None)
    for meeting in coming.order_by("network_id", "pk"):
        with suppress(GuestRefused):  # it has begun
            guests.cannot_come(meeting, person, at=at)


def ahead(person: Person) -> list[Registration]:
    """Return the registrations that count, in the order in which networks are locked."""
    mine = Registration.objects.live().filter(person=person).select_related("network")
    return list(mine.order_by("network_id", "pk"))


def titles_ahead(person: Person, *, at: datetime) -> list[str]:
    """Return the networks with a meeting to come in which somebody has a seat or a place in line."""
    goes_on = Meeting.objects.filter(ends_at__gt=at).values("network")
    mine = Registration.objects.live().filter(person=person, network__in=goes_on)
    return list(mine.order_by("network__title").values_list("network__title", flat=True))
