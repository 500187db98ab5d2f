"""In the room or online: what people choose for each meeting, and what is left (docs/rules.md 4.9)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from meetings.models import Meeting, Modality, Network
from meetings.models.planning.meeting import MeetingQuerySet
from meetings.planning.domain import setting_up
from partners.models import Actor
from registrations.models import ChosenWay, PlaceWish, Registration
from registrations.seats.domain import seats
from registrations.seats.exceptions import PlacesRefused, WayRefused

Way = ChosenWay.Way
COLUMNS = {Way.ROOM: "room_seats", Way.ONLINE: "online_seats"}


@dataclass(frozen=True)
class Places:
    """The places of one meeting: how many there are each way (None: no limit), and who chose which."""

    meeting: Meeting
    chosen: Counter[str]

    def most(self, way: str) -> int | None:
        """Return how many places there are that way; None where nothing limits them."""
        places: int | None = getattr(self.meeting, COLUMNS[Way(way)])
        return places

    def left(self, way: str) -> int | None:
        """Return how many places are left that way; None where nothing limits them."""
        most = self.most(way)
        return None if most is None else max(0, most - self.chosen[way])

    def is_full(self, way: str) -> bool:
        """Return whether no place is left that way."""
        return self.left(way) == 0


def with_choice(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Return those of ``meetings`` that are held both ways and have so many places in one of them."""
    limited = Q(room_seats__isnull=False) | Q(online_seats__isnull=False)
    return meetings.standing().filter(limited, modality=Modality.HYBRID)


def has_choice(meeting: Meeting) -> bool:
    """Return the same of one meeting."""
    limited = meeting.room_seats is not None or meeting.online_seats is not None
    return limited and meeting.modality == Modality.HYBRID and not meeting.is_cancelled


def places_of(meetings: Iterable[Meeting]) -> dict[int, Places]:
    """Return the places of each of ``meetings`` by its key; one query."""
    known = {meeting.pk: meeting for meeting in meetings}
    chosen: dict[int, Counter[str]] = defaultdict(Counter)
    rows = ChosenWay.objects.counted().filter(meeting__in=known).order_by()
    for key, way, number in rows.values_list("meeting", "way").annotate(number=Count("pk")):
        chosen[key][way] = number
    return {key: Places(meeting, chosen[key]) for key, meeting in known.items()}


def asked_of(network: Network, *, at: datetime) -> list[Places]:
    """Return the meetings for which somebody who registers now chooses, soonest first; two queries."""
    ahead = with_choice(network.meetings.own().filter(starts_at__gt=at)).order_by("starts_at", "pk")
    return list(places_of(ahead).values())


@transaction.atomic
def choose_way(registration: Registration, meeting: Meeting, way: str, *, at: datetime) -> ChosenWay:
    """Let somebody with a seat come to ``meeting`` in the room or online; what is so already stays.

    Raises WayRefused where that way is full, or it is too late to choose.
    """
    network = seats.lock_network(registration.network)
    fresh = network.registrations.get(pk=registration.pk)
    meeting = Meeting.objects.get(pk=meeting.pk)
    check_ahead(fresh, meeting, at=at)
    known = fresh.chosen_ways.filter(meeting=meeting).first()
    if known and known.way == way:
        return known
    check_free(places_of([meeting])[meeting.pk], way)
    fresh.place_wishes.filter(meeting=meeting, way=way).delete()
    chosen, _is_new = ChosenWay.objects.update_or_create(
        registration=fresh, meeting=meeting, defaults={"way": way, "chosen_at": at}
    )
    return chosen


def choose_on_registering(
    registration: Registration, wanted: Mapping[str, str], *, network: seats.Locked, at: datetime
) -> None:
    """Write what was chosen on the form, where a place is left; who waits chooses once they have a seat.

    Who asked for a way that filled up meanwhile is told when a place frees.
    """
    if not wanted or registration.status not in Registration.OCCUPYING:
        return
    found = [one for one in asked_of(network, at=at) if str(one.meeting.pk) in wanted]
    ways = {one.meeting.pk: wanted[str(one.meeting.pk)] for one in found}
    ChosenWay.objects.bulk_create(
        ChosenWay(registration=registration, meeting=one.meeting, way=ways[one.meeting.pk], chosen_at=at)
        for one in found
        if not one.is_full(ways[one.meeting.pk])
    )
    PlaceWish.objects.bulk_create(
        PlaceWish(registration=registration, meeting=one.meeting, way=ways[one.meeting.pk], asked_at=at)
        for one in found
        if one.is_full(ways[one.meeting.pk])
    )


def not_chosen(registration: Registration, wanted: Mapping[str, str]) -> list[Meeting]:
    """Return the meetings for which there was no place left that was asked for on registering."""
    chosen = registration.chosen_ways.values("meeting")
    missing = Meeting.objects.filter(pk__in=wanted, network=registration.network_id).exclude(pk__in=chosen)
    return list(missing.order_by("starts_at"))


def forget(meetings: Iterable[Meeting]) -> None:
    """Drop what was chosen for those of ``meetings`` that are no longer held both ways."""
    one_way = [one.pk for one in meetings if one.modality != Modality.HYBRID]
    if one_way:
        ChosenWay.objects.filter(meeting__in=one_way).delete()
        PlaceWish.objects.filter(meeting__in=one_way).delete()


@transaction.atomic
def set_places(meeting: Meeting, *, room: int | None, online: int | None, by: Actor, at: datetime) -> Meeting:
    """Give a meeting so many places in the room and online; None: no limit.

    Raises PlacesRefused for fewer than people chose: nobody loses a place.
    """
    if meeting.network is None:
        raise PlacesRefused(sentence=_("Only a network's meeting has places to choose."))
    network = seats.lock_network(meeting.network)
    meeting = Meeting.objects.get(pk=meeting.pk)
    wanted, chosen = {Way.ROOM: room, Way.ONLINE: online}, places_of([meeting])[meeting.pk].chosen
    for way, places in wanted.items():
        if places is not None and places < chosen[way]:
            raise PlacesRefused.below(meeting, way, chosen[way])
    if (meeting.room_seats, meeting.online_seats) != (room, online):
        meeting.room_seats, meeting.online_seats = room, online
        meeting.save(update_fields=["room_seats", "online_seats"])
        setting_up.touch(network, by=by, at=at, save=True)
    return meeting


def check_ahead(registration: Registration, meeting: Meeting, *, at: datetime) -> None:
    """Raise WayRefused unless somebody can still choose how they come."""
    if registration.planned_absences.filter(meeting=meeting).exists():
        raise WayRefused(sentence=_("You said you can't come. Say first that you can come after all."))
    if not Registration.objects.expected_at(meeting).filter(pk=registration.pk).exists():
        raise WayRefused(
            sentence=_("This meeting isn't one of yours.")
            if registration.is_seated
            else _("You don't have a seat in this network.")
        )
    if meeting.is_cancelled or meeting.starts_at <= at:
        raise WayRefused(sentence=_("This meeting has started or was cancelled, so you can't change that."))
    if not has_choice(meeting):
        raise WayRefused(sentence=_("Everyone comes to this meeting the same way."))


def check_free(places: Places, way: str) -> None:
    """Raise WayRefused where no place is left that way, with what is left the other way."""
    if places.is_full(way):
        other = Way.ONLINE if way == Way.ROOM else Way.ROOM
        raise WayRefused.full(way, left=places.left(other))
