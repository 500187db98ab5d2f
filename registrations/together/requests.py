"""Which network a request is about, for those who have a seat in it or work for it."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from meetings.models import Network
from partners.models import Person
from partners.people.requests import PortalRequest, person_or_404
from registrations.models import Registration


@dataclass(frozen=True)
class Place:
    """A network, who looks at what its people share, their seat in it, and whether they are its staff."""

    network: Network
    person: Person
    seat: Registration | None
    staffs: bool


def place_or_404(request: PortalRequest, slug: str) -> Place:
    """Return the network of this address for whoever has a seat there or is its staff, else 404."""
    person = person_or_404(request)
    network = get_object_or_404(Network, slug=slug, kind=Network.Kind.SERIES)
    seats = Registration.objects.seated().filter(network=network, person=person)
    seat = seats.select_related("position__organization").first()
    staffs = Network.objects.staffed_by(person).filter(pk=network.pk).exists()
    if seat is None and not staffs:
        raise Http404
    if seat is not None:
        seat.network, seat.person = network, person
    return Place(network, person, seat, staffs)


def seat_or_404(request: PortalRequest, slug: str) -> Registration:
    """Return the asker's own seat in the network of this address, else 404."""
    seat = place_or_404(request, slug).seat
    if seat is None:
        raise Http404
    return seat
