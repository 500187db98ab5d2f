"""Many educators with registrations and attendance, written in bulk, for load."""

from datetime import datetime, time
from itertools import islice

from django.db import reset_queries, transaction

from meetings.models import Meeting, Network
from partners.models import Organization, Person, PersonEmail, Position
from registrations.management.demo import networks
from registrations.management.demo.calendar import STELDN_DATES
from registrations.models import Attendance, Evidence, Registration, Seen, Source

BATCH = 1000


def gather(number: int, *, at: datetime) -> None:
    """Add ``number`` educators to the load network, seated, with five meetings attended each."""
    network = load_network(at=at)
    meetings = list(network.meetings.own().order_by("starts_at"))
    organizations = list(Organization.objects.current().order_by("pk"))
    first = Person.objects.filter(first_name="Educator").count()
    numbers = iter(range(first, first + number))
    while chunk := list(islice(numbers, BATCH)):
        with transaction.atomic():
            add(chunk, network=network, meetings=meetings, organizations=organizations, at=at)
        reset_queries()  # with DEBUG, Django keeps the last 9,000 statements, each of a thousand rows
    seated = network.registrations.seated().count()
    Network.objects.filter(pk=network.pk).update(seats=max(network.seats, seated))


def load_network(*, at: datetime) -> Network:
    """Make a past network of its own, so that the story's figures stay what they are."""
    slots = [
        networks.Slot(title, day, time(9), time(12), {"modality": "online"})
        for title, day in zip(networks.TOPICS, STELDN_DATES, strict=True)
    ]
    fields = {**networks.STELDN, "title": "Network of many educators", "school_year": "2020-21"}
    return networks.a_network("network-of-many-educators-2020-21", fields=fields, slots=slots, at=at)[0]


def add(
    numbers: list[int],
    *,
    network: Network,
    meetings: list[Meeting],
    organizations: list[Organization],
    at: datetime,
) -> None:
    """Write one batch of people with everything that hangs on them."""
    people = Person.objects.bulk_create(
        Person(first_name="Educator", last_name=f"Number {number + 1:06d}") for number in numbers
    )
    pairs = list(zip(numbers, people, strict=True))
    PersonEmail.objects.bulk_create(
        PersonEmail(person=person, address=f"educator{number + 1}@example.org", primary=True, verified_at=at)
        for number, person in pairs
    )
    positions = Position.objects.bulk_create(
        Position(person=person, organization=organizations[number % len(organizations)], job="teacher")
        for number, person in pairs
    )
    registrations = Registration.objects.bulk_create(
        Registration(
            network=network,
            person=position.person,
            position=position,
            status="seated",
            requested_at=at,
            seated_at=at,
        )
        for position in positions
    )
    for meeting in meetings:
        mark(meeting, registrations, at=at)


def mark(meeting: Meeting, registrations: list[Registration], *, at: datetime) -> None:
    """Mark everyone as there from start to end."""
    interval = {"arrived_at": meeting.starts_at, "left_at": meeting.ends_at}
    Evidence.objects.bulk_create(
        Evidence(
            meeting=meeting,
            registration=registration,
            source=Source.STAFF,
            seen=Seen.PRESENT,
            by_name="demo",
            at=at,
            **interval,
        )
        for registration in registrations
    )
    minutes = dict.fromkeys(("minutes_scheduled", "minutes_attended", "minutes_counted"), meeting.minutes)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            registration=registration,
            status=Seen.PRESENT,
            source=Source.STAFF,
            marked_by="demo",
            derived_at=at,
            **interval,
            **minutes,
        )
        for registration in registrations
    )
