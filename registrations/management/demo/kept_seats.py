"""Places in the room and online, seats kept for a partner and for a team, in the demo's coming network."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import cycle
from uuid import uuid4

from meetings.models import Meeting, Modality, Network
from partners.models import Organization, Person
from partners.people.domain.organizations import Workplace
from registrations.models import ChosenWay, Party, Registration
from registrations.seats.domain import coming_once, naming, parties, reserving, ways
from registrations.seats.domain.parties import Member

ROOM, ONLINE = 20, 60
COACH = "robotics-coach@example.org"
TEAM = ("engineering", "elementary", "laboratory")
CHOICES = ("room", "online", "room", "")


def keep(
    network: Network,
    registrations: Sequence[Registration],
    partner: Organization,
    *,
    by: Person,
    contact: Person,
    at: datetime,
) -> None:
    """Limit the room of the hybrid meeting, of which people chose, and reserve four seats with one name.

    Somebody without a seat comes to that meeting as a guest.
    """
    meeting = network.meetings.own().filter(modality=Modality.HYBRID).order_by("starts_at").first()
    if meeting is not None:
        ways.set_places(meeting, room=ROOM, online=ONLINE, by=by, at=at)
        ChosenWay.objects.bulk_create(
            ChosenWay(registration=one, meeting=meeting, way=way, chosen_at=at)
            for one, way in zip(registrations, cycle(CHOICES), strict=False)
            if way
        )
        _take_guest(network, meeting, at=at)
    until = meeting.starts_at - timedelta(days=14) if meeting else None
    until = until if until and until > at else None
    kept = reserving.reserve_seats(network, partner, number=4, until=until, by=by, at=at)
    who = {"first_name": "Curriculum", "last_name": "coordinator", "address": "curriculum@example.org"}
    naming.name_colleague(kept, **who, by=contact, at=at)
    parties.register_party(
        network,
        uid=uuid4(),
        kind=Party.Kind.TEAM,
        workplace=Workplace(partner),
        members=[Member(f"{what}-lead@example.org", f"{what.title()} lead", partner.city) for what in TEAM],
        by=contact,
        at=at,
    )


def _take_guest(network: Network, meeting: Meeting, *, at: datetime) -> None:
    """Let the network take guests, of whom one comes online."""
    network.takes_guests = True
    network.save(update_fields=["takes_guests"])
    coming_once.come(
        meeting,
        address=COACH,
        first_name="Robotics coach",
        last_name="Wareham",
        workplace=Workplace(words="Wareham after-school program"),
        way=ChosenWay.Way.ONLINE,
        at=at,
    )
