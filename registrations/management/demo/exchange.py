"""What the demo's partners need and contribute, and how far the matches are; through the domain only."""

from datetime import date, datetime, timedelta
from typing import Any

from partners.exchange.domain import exchange, introducing
from partners.memorandum.domain import mous, part_contacts
from partners.models import Category, Match, Mou, Need, Organization, Person
from registrations.management.demo import people

UNIVERSITY = "University of Massachusetts Dartmouth"
NEW_BEDFORD, FALL_RIVER = "New Bedford Public Schools", "Fall River Public Schools"
HOSPITAL, MUSEUM = "Southcoast Health System", "Ocean Explorium"
SHOPS, DIMAN = (
    "Greater New Bedford Regional Vocational Technical",
    "Greater Fall River Regional Vocational Technical",
)
COLLEGE = "Bristol Community College"
NEEDS: list[tuple[str, str, int, str, list[str]]] = [
    (NEW_BEDFORD, "pbl", 1, "Robotics for all eighth graders, not only for clubs", ["6-8"]),
    (NEW_BEDFORD, "mentor", 1, "Engineers who come to class twice a month", ["6-8", "9-12"]),
    (NEW_BEDFORD, "pd", 2, "Coaching for elementary science teachers", ["3-5"]),
    (NEW_BEDFORD, "extern", 2, "Two summer places for teachers", ["9-12"]),
    (FALL_RIVER, "mentor", 2, "Mentors for two middle schools", ["6-8"]),
    (FALL_RIVER, "pd", 1, "Coaching in the classroom", ["3-5", "6-8"]),
    (FALL_RIVER, "space", 3, "A lab visit for biology classes", ["9-12"]),
    ("Dartmouth Public Schools", "curr", 2, "Units that fit the 2016 standards", ["3-5", "6-8"]),
    ("Wareham Public Schools", "mentor", 3, "", ["6-8"]),
    ("Wareham Public Schools", "equip", 2, "Sensors for a watershed project", ["6-8"]),
    (SHOPS, "pbl", 2, "Projects with an industry partner", ["9-12"]),
    (DIMAN, "cte", 2, "A partner to align technical mathematics with", ["9-12"]),
    (DIMAN, "college", 2, "Credit for technical mathematics", []),
    (COLLEGE, "data", 3, "Data on college enrollment after graduation", ["higher-ed"]),
]
CONTRIBUTIONS: list[tuple[str, str, str, str, bool]] = [
    (UNIVERSITY, "pd", "A summer institute and visits during the year", "40 teachers", True),
    (UNIVERSITY, "data", "Help in reading assessment results", "", True),
    (UNIVERSITY, "mentor", "Students of engineering as mentors", "12 students", False),
    (UNIVERSITY, "extern", "Summer places in research groups", "3 places", True),
    (COLLEGE, "college", "Early college courses at the school", "2 courses a year", True),
    (COLLEGE, "space", "The biotechnology lab, on Fridays", "24 places", False),
    (COLLEGE, "mentor", "Students who help after school", "8 students", False),
    (COLLEGE, "pd", "Evening courses in statistics", "", True),
    (HOSPITAL, "extern", "A week in the hospital's labs", "4 places", True),
    (HOSPITAL, "mentor", "Staff who talk about their work", "6 visits", False),
    (MUSEUM, "pbl", "A marine science project with equipment", "6 classes", True),
    (MUSEUM, "space", "The aquarium as a classroom", "", True),
    (MUSEUM, "mentor", "Marine scientists who visit", "5 visits", True),
    (NEW_BEDFORD, "pd", "Our science routines, and classroom visits to see them", "", True),
    (FALL_RIVER, "curr", "Units in physical science, with materials", "", False),
    (SHOPS, "cte", "Shop teachers who team up with academic teachers", "", False),
    (SHOPS, "equip", "Time on the machines", "", False),
]
CONTACTS = [UNIVERSITY, FALL_RIVER, COLLEGE, HOSPITAL, MUSEUM]


def tell(
    organizations: dict[str, Organization], who: dict[str, Person], *, today: date, at: datetime
) -> None:
    """Write the rows once, and take some matches a few steps."""
    if Need.objects.exists():
        return
    Organization.objects.filter(name__in=[HOSPITAL, MUSEUM]).update(stage="partner")
    for one in organizations.values():
        one.refresh_from_db(fields=["stage"])
    parts(organizations, who, today=today, at=at - timedelta(days=60))
    categories = {one.code: one for one in Category.objects.all()}
    needs = {
        (name, code): exchange.write_need(
            organization=organizations[name],
            category=categories[code],
            priority=priority,
            detail=detail,
            grade_bands=grades,
            wanted_by=today + timedelta(days=120) if priority == 1 else None,
            at=at - timedelta(days=40),
        )
        for name, code, priority, detail, grades in NEEDS
    }
    gifts = {
        (name, code): exchange.write_contribution(
            organization=organizations[name],
            category=categories[code],
            detail=detail,
            quantity=quantity,
            public=public,
            at=at - timedelta(days=35),
        )
        for name, code, detail, quantity, public in CONTRIBUTIONS
    }
    follow(needs, gifts, by=who["coordinator"], at=at)


def parts(
    organizations: dict[str, Organization], who: dict[str, Person], *, today: date, at: datetime
) -> None:
    """Ask some partners for their part of the memorandum, so that they have somebody who writes for them."""
    first = today.year - 1
    mou = Mou.objects.first() or mous.begin_mou(
        title=f"Memorandum of understanding {first}-{(first + 3) % 100:02d}",
        by=who["coordinator"],
        at=at,
        parts_due_on=today + timedelta(days=20),
    )
    drafters = {NEW_BEDFORD: who["partner"]}
    for number, name in enumerate(CONTACTS, start=1):
        drafters[name] = people.a_person(
            "Partner contact",
            name,
            "other",
            organizations[name],
            address=f"contact{number}@example.org",
            at=at,
        )
    asked = set(mou.roles.values_list("organization__name", flat=True))
    for name, drafter in drafters.items():
        if name not in asked:
            part_contacts.ask_for_part(
                mou, organization=organizations[name], drafter=drafter, by=who["coordinator"], at=at
            )


def follow(needs: dict[Any, Any], gifts: dict[Any, Any], *, by: Person, at: datetime) -> None:
    """Propose, introduce, confirm, deliver: one match in each state."""
    pairs = [
        ((NEW_BEDFORD, "extern"), (HOSPITAL, "extern"), Match.State.CONFIRMED),
        ((NEW_BEDFORD, "pbl"), (MUSEUM, "pbl"), Match.State.DELIVERED),
        ((NEW_BEDFORD, "mentor"), (UNIVERSITY, "mentor"), Match.State.INTRODUCED),
        ((FALL_RIVER, "space"), (COLLEGE, "space"), Match.State.PROPOSED),
    ]
    order = [Match.State.CONFIRMED, Match.State.DELIVERED]
    for need, gift, last in pairs:
        begun = at - timedelta(days=30)
        match = exchange.propose_match(need=needs[need], contribution=gifts[gift], by=by, owner=by, at=begun)
        if last != Match.State.PROPOSED:
            introducing.introduce(match, by=by, at=begun + timedelta(days=1))
        steps = order[: order.index(last) + 1] if last in order else []
        for number, step in enumerate(steps):
            exchange.move_match(match, to=step, by=by, at=begun + timedelta(days=10 + 10 * number))
