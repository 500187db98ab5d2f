"""Asking to be told when a place in the room, or online, frees at one meeting (docs/rules.md 4.9)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Meeting, Modality, Network
from registrations.models import PlaceWish, Registration
from registrations.seats.domain import seats, ways
from registrations.seats.domain.telling import tell
from registrations.seats.exceptions import WayRefused
from stemnet import jobs


@transaction.atomic
def ask(registration: Registration, meeting: Meeting, way: str, *, at: datetime) -> PlaceWish:
    """Have somebody told once a place is free that way; asking again changes nothing.

    Raises WayRefused where a place is free now, or they can't choose.
    """
    network = seats.lock_network(registration.network)
    fresh, meeting = network.registrations.get(pk=registration.pk), Meeting.objects.get(pk=meeting.pk)
    ways.check_ahead(fresh, meeting, at=at)
    if not ways.places_of([meeting])[meeting.pk].is_full(way):
        raise WayRefused(sentence=_("A place is free right now, so you can choose it."))
    if known := fresh.place_wishes.filter(meeting=meeting, way=way, told_at=None).first():
        return known
    asked = {"way": way, "asked_at": at, "told_at": None}
    wish, _is_new = PlaceWish.objects.update_or_create(registration=fresh, meeting=meeting, defaults=asked)
    return wish


def take_back(registration: Registration, meeting: Meeting) -> None:
    """Have somebody told of nothing."""
    registration.place_wishes.filter(meeting=meeting).delete()


def sweep_wishes(*, at: datetime) -> int:
    """Tell everyone who asked and can take a place that is free now; return how many are told."""
    wishes = PlaceWish.objects.filter(told_at=None, meeting__starts_at__gt=at)
    held = Q(meeting__modality=Modality.HYBRID, meeting__network__status=Network.Status.PUBLISHED)
    networks = Network.objects.filter(pk__in=wishes.filter(held).values("meeting__network")).order_by("pk")
    return sum(_tell_in(network, at=at) for network in networks)


@jobs.finishing()
@transaction.atomic
def _tell_in(network: Network, *, at: datetime) -> int:
    """Do so in one network, whose lock lets nobody be told twice."""
    network = seats.lock_network(network)
    meetings = network.meetings.standing().filter(starts_at__gt=at, place_wishes__told_at=None)
    told = 0
    for places in ways.places_of(meetings.distinct().order_by("pk")).values():
        for wish in _to_tell(places):
            wish.told_at = at
            wish.save(update_fields=["told_at"])
            tell([wish.registration], "place_free", wish=wish.pk, at=at)
            told += 1
    return told


def _to_tell(places: ways.Places) -> list[PlaceWish]:
    """Return the wishes of one meeting for whose way a place is free, of those who can take it."""
    meeting = places.meeting
    free = [way for way in ways.Way if not places.is_full(way)]
    wishes = PlaceWish.objects.filter(meeting=meeting, told_at=None, way__in=free)
    coming = Registration.objects.expected_at(meeting).exclude(planned_absences__meeting=meeting)
    return list(wishes.filter(registration__in=coming).select_related("registration").order_by("asked_at"))
