"""One small portal with every role in it, for the table of who reaches what."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from meetings.models import Appointment, Meeting, Network
from partners.models import Person
from registrations.domain import seats
from registrations.models import GroupMembership, Registration
from tests import factories

ROLES = [
    "anonymous",
    "stranger",
    "educator",
    "lead",
    "partner",
    "staff_of_other",
    "staff_of_this",
    "staff",
    "coordinator",
]


@dataclass
class World:
    """The people by role, and the objects that addresses are asked for."""

    people: dict[str, Person | None] = field(default_factory=dict)
    objects: dict[str, object] = field(default_factory=dict)


def a_world() -> World:
    """Network "this" with an educator, a group and its lead; network "other" with a stranger and staff."""
    world = World()
    factories.a_partnership()
    this = factories.a_network(slug="this-2026-27", school_year="2026-27", meetings=0)
    other = factories.a_network(slug="other-2026-27", school_year="2026-27", meetings=0)
    soon = timezone.localdate() + timedelta(days=30)
    meeting = factories.a_meeting(this, on=soon, join_url="https://meet.example.org/this")
    factories.a_meeting(other, on=soon)
    people = {role: factories.a_user(first_name="Role", last_name=role).person for role in ROLES[1:7]}
    people |= {"staff": factories.a_staff_member(), "coordinator": factories.a_coordinator()}
    group = factories.a_group(this, lead=people["lead"])
    group_meeting = factories.a_meeting(this, on=soon, working_group=group, title="Group meeting")
    at = timezone.now()
    registration = register(this, people["educator"], at=at)
    GroupMembership.objects.create(registration=registration, working_group=group, joined_at=at)
    register(other, people["stranger"], at=at)
    Appointment.objects.create(network=other, person=people["staff_of_other"])
    Appointment.objects.create(network=this, person=people["staff_of_this"])
    organization = factories.an_organization()
    factories.a_position(people["partner"], organization=organization)
    world.people = {"anonymous": None, **people}
    world.objects = {
        "network": this,
        "meeting": meeting,
        "group": group,
        "group_meeting": group_meeting,
        "registration": registration,
        "organization": organization,
    }
    return world


def register(network: Network, person: Person, *, at) -> Registration:
    return seats.register(network=network, person=person, by=person, at=at)


def seen(meeting: Meeting, registration: Registration, *, by: Person) -> None:
    from registrations.domain import attendance

    attendance.mark(registration=registration, meeting=meeting, seen="present", by=by, at=timezone.now())
