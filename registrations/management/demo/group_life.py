"""A group of the demo as it lives: leads, members, what it makes, its meetings, and who asks to join."""

import uuid
from datetime import datetime, time, timedelta

from meetings.groups.domain import deliverables, own_meetings
from meetings.models import Network, WorkingGroup
from meetings.planning.domain import leads
from partners.models import Person, local_day
from registrations.attendance.domain import completing
from registrations.groups.domain import joining, terms
from registrations.management.demo import calendar, life, networks
from registrations.management.demo.networks import SPACE, Slot
from registrations.models import Registration
from registrations.seats.domain import groups

HELD = [("First meeting", 56), ("What we use now", 28)]  # days before today
MAKES = [
    {"title": "Five anchor tasks, grades 6 to 8", "state": "in_work", "parts": 5, "done_parts": 3}
    | {"note": "Three are tried out", "due": 30},
    {"title": "A review sheet for units", "state": "in_review", "parts": 5, "done_parts": 4}
    | {"note": "Version 2 tried in four districts", "due": 60},
    {"title": "List of what each district uses", "state": "done", "parts": 11, "done_parts": 11}
    | {"note": "11 of 11 districts answered", "due": -20},
]


def tell(network: Network, joined: list[Registration], *, lead: Person, at: datetime) -> None:
    """Make the sub-committee on materials in ``network``: eleven of those who ``joined``, led by two."""
    today = local_day(at)
    group = network.working_groups.create(
        title="High quality materials",
        kind=WorkingGroup.Kind.SUB_COMMITTEE,
        description="Which curriculum materials hold up in our classrooms, and what they need from us.",
        meets="in person and online",
        places=15,
        joining=WorkingGroup.Joining.BY_REQUEST,
        is_public=True,
    )
    leads.set_leads(group, [lead, joined[1].person], on=today - timedelta(days=60))
    for registration in joined[:11]:
        groups.enter_group(registration, group, invited=True, at=at - timedelta(days=58))
    terms.set_term(group, joined[2].person, last_day=today + timedelta(days=200), at=at)
    held(network, group, joined[:11], lead=lead, at=at)
    planned(group, lead=lead, at=at)
    for number, values in enumerate(MAKES):
        owner = joined[number + 1].person if number else None
        due_on = today + timedelta(days=int(str(values["due"])))
        deliverables.write(group, {**values, "due_on": due_on, "owner": owner})
    words = "We review materials for grade 7 this year, too."
    joining.ask(group, joined[14].person, words=words, at=at - timedelta(days=1))


def held(
    network: Network, group: WorkingGroup, members: list[Registration], *, lead: Person, at: datetime
) -> None:
    """Hold the meetings that are over, with attendance taken by the lead."""
    for number, (title, days) in enumerate(HELD):
        day = calendar.weekday_after(local_day(at), 3, days=-days)
        slot = Slot(title, day, time(15, 30), time(17), {"modality": "hybrid", "venue": "UMass Dartmouth"})
        uid = uuid.uuid5(SPACE, f"{network.slug}/own/{number}")
        meeting = networks.meet(network, slot, uid=uid, group=group, own=True)
        came = [(one, life.PATTERNS[place % 5][number]) for place, one in enumerate(members)]
        life.attend(meeting, came, by=lead)
        completing.complete_attendance(meeting, by=lead, at=meeting.ends_at + timedelta(hours=1))


def planned(group: WorkingGroup, *, lead: Person, at: datetime) -> None:
    """Let the lead plan the next two meetings."""
    for title, days in (("Five anchor tasks", 11), ("Who tried what", 46)):
        values = {
            "on": calendar.weekday_after(local_day(at), 4, days=days),
            "start_time": time(15, 30),
            "end_time": time(17),
            "zone": "America/New_York",
            "modality": "online",
            "venue": "",
            "address": "",
            "room": "",
            "join_url": "https://meet.example.org/materials",
        }
        own_meetings.plan_meeting(group, title=title, values=values, by=lead, at=at)
