"""The networks of the Massachusetts story, as rows; people come in another module."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from meetings.models import CoHost, Commitment, CommitmentVersion, Meeting, Network, WorkingGroup
from meetings.planning.domain import breaks, leads, planning
from meetings.planning.domain.breaks import BreakPlan
from partners.models import Audience, Organization, Person, Provider, Subject
from registrations.management.demo import agendas, calendar
from stemnet.wording import school_year, school_year_begun, school_year_on

SPACE = uuid.UUID("5e1f4ad2-7c0e-4d55-9a52-2f1f60a0c0de")
GROUPS = [
    ("Remote learning in science", "Virtual"),
    ("Equity-based assessment", "Virtual"),
    ("High quality instructional materials", "SouthCoast, regional"),
    ("Professional development in district", "Virtual"),
]
TOPICS = [
    "Opening meeting",
    "Equity-based assessment",
    "Instructional routines",
    "Planning action in district",
    "Closing meeting",
]
STELDN: dict[str, Any] = {
    "title": "Science & Technology/Engineering District Leaders Network",
    "subjects": ["science"],
    "audiences": ["district_leaders"],
    "summary": "Five half-day meetings, October to May, and working groups on one topic each.",
    "who_should_attend": (
        "District leaders with oversight of science and technology/engineering programs and instruction, "
        "or a designee."
    ),
    "description": (
        "District leaders and coordinators meet five times to share resources and strategies for the 2016 "
        "science and technology/engineering standards, and to try them out at home: remote learning, "
        "equity-based assessment, and routines from high quality materials."
    ),
    "credit_code": "MA-PDP",
    "pdp_topic": "Leading the 2016 STE standards",
    "pdp_category": "content",
    "objectives": (
        "Lead standards work in your district; adapt instruction for remote learning; share and refine tools."
    ),
    "assessment": "An action plan for your district, discussed at the last meeting.",
    "signatory_name": "Director of the center",
    "signatory_title": "For the registered provider",
    "contact_name": "Network coordinator",
    "contact_email": "coordinator@example.org",
    "seats": 60,
}
COFFEE = BreakPlan(time(10, 30), 15)
COMMITMENTS = [
    ("attend the sessions in the network series", True),
    ("join an optional working group on one STE topic", False),
]


@dataclass(frozen=True)
class Slot:
    """One planned meeting: a day, wall times, how one takes part, and breaks."""

    title: str
    on: date
    start: time
    end: time
    more: dict[str, Any] = field(default_factory=dict)
    pauses: list[BreakPlan] = field(default_factory=list)


def a_network(slug: str, *, fields: dict[str, Any], slots: list[Slot], at: datetime) -> tuple[Network, bool]:
    """Return the network of this slug, made once; on a later day its untouched meetings move."""
    columns = {name: value for name, value in fields.items() if name not in ("subjects", "audiences")}
    network, made = Network.objects.get_or_create(
        slug=slug, defaults={"status": "published", "published_at": at, **columns}
    )
    if made:
        network.subjects.set(Subject.objects.filter(code__in=fields.get("subjects", [])))
        network.audiences.set(Audience.objects.filter(code__in=fields.get("audiences", [])))
    moved = False
    for number, slot in enumerate(slots, start=1):
        uid = uuid.uuid5(SPACE, f"{slug}/{number}")
        if made:
            meet(network, slot, uid=uid)
        else:
            moved |= move(slot, uid=uid)
    if moved:
        Network.objects.filter(pk=network.pk).update(school_year=fields["school_year"])
    return network, made


def meet(
    network: Network, slot: Slot, *, uid: uuid.UUID, group: WorkingGroup | None = None, own: bool = False
) -> Meeting:
    """Make a demo meeting; an ``own`` one of a group is in no slot of its network."""
    meeting = Meeting(
        network=network,
        working_group=group,
        in_slot=group is not None and not own,
        uid=uid,
        title=slot.title,
        **slot.more,
    )
    planning.set_time(meeting, on=slot.on, start_time=slot.start, end_time=slot.end, zone=network.zone)
    meeting.save()
    breaks.write(meeting, slot.pauses)
    return meeting


def move(slot: Slot, *, uid: uuid.UUID) -> bool:
    """Move a demo meeting to today's plan while nobody has touched or removed it; whether it moved."""
    meeting = Meeting.objects.filter(uid=uid).first()
    if meeting is None or meeting.on == slot.on or touched(meeting):
        return False
    planning.set_time(meeting, on=slot.on, start_time=slot.start, end_time=slot.end, zone=meeting.zone)
    meeting.save()
    return True


def touched(meeting: Meeting) -> bool:
    """Return whether somebody changed the meeting, marked attendance at it, or was told of it."""
    return (
        meeting.sequence > 0
        or meeting.evidence.exists()
        or meeting.history.filter(history_user__isnull=False).exists()
    )


def steldn(
    slug: str, school_year: str, days: list[date], *, provider: Provider, at: datetime
) -> tuple[Network, bool]:
    """Return the network of the 2020-21 form in one school year, with commitments and co-hosts."""
    online = {"modality": "online", "join_url": "https://meet.example.org/ste-leaders"}
    opening = {"modality": "hybrid", "venue": "Marlborough", "address": "Marlborough, MA"} | {
        "join_url": online["join_url"]
    }
    slots = [
        Slot(title, day, time(9), time(12), online) for title, day in zip(TOPICS[1:], days[1:], strict=True)
    ]
    slots.insert(0, Slot(TOPICS[0], days[0], time(9), time(12), opening, [COFFEE]))
    network, made = a_network(
        slug, fields={**STELDN, "school_year": school_year, "provider": provider}, slots=slots, at=at
    )
    if made:
        agendas.write(network)
        commit(network, at=at)
        co_host(network, "Massachusetts Science Education Leadership Association")
    return network, made


def commit(network: Network, *, at: datetime) -> None:
    """Return the two commitments of the form: the first required, the second not."""
    for position, (text, required) in enumerate(COMMITMENTS, start=1):
        commitment = Commitment.objects.create(network=network, position=position, required=required)
        CommitmentVersion.objects.create(commitment=commitment, text=text, written_at=at)


def co_host(network: Network, name: str) -> None:
    """Name an organization as co-host, once."""
    CoHost.objects.get_or_create(network=network, organization=Organization.objects.get(name=name))


def groups(network: Network, *, lead: Person, days: list[date]) -> list[WorkingGroup]:
    """Make four working groups, each with a slot after every meeting; ``lead`` leads the first."""
    made = []
    for number, (title, meets) in enumerate(GROUPS):
        leader = lead if number == 0 else None
        group = network.working_groups.create(title=title, meets=meets, places=15)
        leads.set_leads(group, [leader] if leader else [], on=days[0])
        for slot, uid in group_slots(network, number, days):
            meet(network, slot, uid=uid, group=group)
        made.append(group)
    return made


def move_groups(network: Network, *, days: list[date]) -> None:
    """Move the untouched meetings of the working groups to today's plan."""
    for number in range(len(GROUPS)):
        for slot, uid in group_slots(network, number, days):
            move(slot, uid=uid)


def group_slots(network: Network, number: int, days: list[date]) -> list[tuple[Slot, uuid.UUID]]:
    """Return the slots of one working group after each meeting, and what the meetings are known by."""
    return [
        (
            Slot("Working group", day, time(12), time(15), {"modality": "online"}),
            uuid.uuid5(SPACE, f"{network.slug}/{number}/{step}"),
        )
        for step, day in enumerate(days, start=1)
    ]


def mathematics(today: date, *, provider: Provider, at: datetime) -> tuple[Network, bool]:
    """Make the monthly mathematics network of this school year: first Tuesdays, in person and online."""
    first = school_year_begun(today)
    more = {"modality": "hybrid", "venue": "UMass Dartmouth", "room": "Library, ground floor"}
    more |= {"address": "Dartmouth, MA"}
    more |= {"join_url": "https://meet.example.org/mathematics"}
    slots = [
        Slot(f"{day:%B} meeting", day, time(15, 30), time(17, 30), more)
        for day in calendar.first_tuesdays(first)
    ]
    fields = {
        "title": "Mathematics Coordinators Network",
        "school_year": school_year(first),
        "subjects": ["mathematics"],
        "audiences": ["school_leaders"],
        "summary": "Monthly, first Tuesdays in the afternoon. In person and online.",
        "who_should_attend": "Mathematics coordinators, chairs and coaches of the region's districts.",
        "description": "A monthly meeting for mathematics coordinators to work on what's current in their "
        "districts.",
        "credit_code": "MA-PDP",
        "provider": provider,
        "pdp_topic": "Coordinating mathematics instruction",
        "pdp_category": "content",
        "objectives": "Compare how districts coordinate mathematics; adapt one practice in your own "
        "district.",
        "assessment": "A report on one practice you tried in your district, discussed at the May meeting.",
        "signatory_name": "Director of the center",
        "signatory_title": "For the registered provider",
        "contact_name": "Network coordinator",
        "contact_email": "coordinator@example.org",
        "seats": 40,
    }
    slug = f"mathematics-coordinators-network-{fields['school_year']}"
    network, made = a_network(slug, fields=fields, slots=slots, at=at)
    if made:
        agendas.write(network)
    return network, made


def computer_science(today: date, *, at: datetime) -> tuple[Network, bool]:
    """Make a small network that is full, with people waiting."""
    start = calendar.weekday_after(today, 3, days=45)
    days = [calendar.weekday_after(start, 3, days=28 * step) for step in range(5)]
    more = {"modality": "in_person", "venue": "Bristol Community College", "address": "Fall River, MA"}
    slots = [
        Slot(f"Workshop {number}", day, time(14, 30), time(17)) for number, day in enumerate(days, start=1)
    ]
    slots = [Slot(slot.title, slot.on, slot.start, slot.end, more) for slot in slots]
    fields = {
        "title": "Computer Science Teachers Network",
        "school_year": school_year_on(start),
        "subjects": ["computer_science"],
        "audiences": ["teachers"],
        "summary": "Five afternoons on teaching computer science, looking at each other's lessons.",
        "who_should_attend": "Computer science and digital literacy teachers, grades 6 to 12.",
        "credit_code": "MA-PDP",
        "contact_name": "Network coordinator",
        "contact_email": "coordinator@example.org",
        "seats": 12,
    }
    return a_network("computer-science-teachers-network", fields=fields, slots=slots, at=at)


def information_session(today: date, *, at: datetime) -> tuple[Network, bool]:
    """Make an hour in another zone: no points, no evaluation, no commitments, no login."""
    day = calendar.weekday_after(today, 4, days=20)
    more = {"modality": "online", "join_url": "https://meet.example.org/information-session"}
    fields = {
        "title": "Becoming a partner: information session",
        "school_year": school_year_on(day),
        "kind": "information_session",
        "subjects": ["all_stem"],
        "audiences": ["organizations"],
        "zone": "America/Chicago",
        "summary": "One hour, online. For organizations with goals like ours.",
        "who_should_attend": "Districts, colleges, businesses and community organizations.",
        "asks_evaluation": False,
        "contact_name": "Network coordinator",
        "contact_email": "coordinator@example.org",
        "seats": 100,
    }
    slots = [Slot("Information session", day, time(12), time(13), more)]
    return a_network("becoming-a-partner-information-session", fields=fields, slots=slots, at=at)
