"""A group of the demo as it lives: leads, members, what it makes, its meetings, and who asks to join."""

import uuid
from datetime import datetime, time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.gathering.domain import action_items, agenda, materials
from meetings.gathering.domain.agenda import Words
from meetings.gathering.domain.belonging import Source
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.groups.domain import deliverables, own_meetings
from meetings.models import Meeting, Network, WorkingGroup
from meetings.planning.domain import leads
from partners.models import Person, local_day
from registrations.attendance.domain import completing
from registrations.groups.domain import joining, terms
from registrations.management.demo import calendar, life, networks
from registrations.management.demo.networks import SPACE, Slot
from registrations.models import Registration
from registrations.seats.domain import groups

HELD = [("First meeting", 56), ("What we use now", 28)]  # days before today
SHARED = [
    ("Our shared notes", "https://docs.example.org/high-quality-materials"),
    ("What each district uses", "Eleven districts, eleven lists. Fall River and Wareham use the same one."),
]
ITEMS = ["Bring six student answers to the wave task", "Ask the ocean science center for data sets"]
PLANNED = [("Five anchor tasks", 11), ("Who tried what", 46)]  # days after today
AGENDA = [
    Words("Two tasks from Fall River", 30),
    Words("Choose five", 40, "discussion"),
    Words("Who tries what by March", 20, "discussion"),
]
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
    for registration in joined[1:12]:
        groups.enter_group(registration, group, invited=True, at=at - timedelta(days=58))
    terms.set_term(group, joined[2].person, last_day=today + timedelta(days=200), at=at)
    held(network, group, joined[1:12], lead=lead, at=at)
    planned(group, lead=lead, at=at)
    for number, values in enumerate(MAKES):
        owner = joined[number + 1].person if number else None
        due_on = today + timedelta(days=int(str(values["due"])))
        deliverables.write(group, {**values, "due_on": due_on, "owner": owner})
    items(group, [one.person for one in joined[2:4]], lead=lead, at=at)
    words = "We review materials for grade 7 this year, too."
    joining.ask(group, joined[14].person, words=words, at=at - timedelta(days=1))


def items(group: WorkingGroup, people: list[Person], *, lead: Person, at: datetime) -> None:
    """Give two of the members something to do before the next meeting."""
    for number, (text, owner) in enumerate(zip(ITEMS, people, strict=True)):
        due_on = local_day(at) + timedelta(days=9 + number)
        action_items.give(Source.of(group), text=text, owner=owner, due_on=due_on, by=lead, at=at)


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
        share(meeting, SHARED[number], by=lead)


def share(meeting: Meeting, given: tuple[str, str], *, by: Person) -> None:
    """Share a text or a link with the group, on the day after the meeting."""
    title, words = given
    at, shown = meeting.ends_at + timedelta(days=1), Shown("handout", "registered", "now")
    if words.startswith("https:"):
        materials.add_link(meeting, title=title, url=words, shown=shown, by=by, at=at)
        return
    with gathered([], [SimpleUploadedFile(f"{title}.txt", words.encode())]) as files:
        materials.add_files(meeting, files, title=title, shown=shown, by=by, at=at)


def planned(group: WorkingGroup, *, lead: Person, at: datetime) -> None:
    """Let the lead plan the next two meetings."""
    for title, days in PLANNED:
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
        meeting = own_meetings.plan_meeting(group, title=title, values=values, by=lead, at=at)
        for words in AGENDA if title == PLANNED[0][0] else []:
            agenda.add_item(meeting, words, uid=uuid.uuid5(meeting.uid, words.title), at=at)
