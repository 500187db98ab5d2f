"""What the meetings of the main story go through, and how people get in."""

from uuid import uuid5

from simple_history.utils import bulk_create_with_history

from meetings.gathering.domain import agenda
from meetings.gathering.domain.agenda import Words
from meetings.models import AgendaItem, Meeting, Modality, Network

STAFF, FACULTY = "Network staff", "Science education faculty, UMass Dartmouth"
COORDINATOR, CHAIR = "STE coordinator, Fall River", "Department chair, New Bedford"
ARRIVAL = "Free parking at lot B.\nStep-free entrance on the north side, elevator to the 2nd floor."
PLACE = {
    "room": "Harbor Room, 2nd floor",
    "address": "Regional conference center, 100 Example Street, Marlborough, MA",
}
OPENING = [
    Words("Welcome, and who is here", 20, "talk", None, STAFF),
    Words("What changed since spring", 25, "reports", None, f"{COORDINATOR}; {CHAIR}"),
    Words("One phenomenon, three grade bands", 45, "talk", None, FACULTY),
    Words("Choose your working group", 50, "groups", None, "", "Bring one unit that you use now"),
    Words("Exit question and next dates", 25, "other", None, STAFF),
]
PROGRAMS = {
    "Opening meeting": (
        "At the end you know the people of this year, and which group you'll work in.",
        OPENING,
    ),
    "Equity-based assessment": (
        "At the end you have one assessment task of your own rewritten, and a plan for who tries it.",
        [
            Words("Welcome, and what we tried since October", 15, "reports", None, STAFF),
            Words("Where do our assessments leave students out?", 40, "talk", None, FACULTY),
            Words("One task, three rewrites", 65, "groups", None, f"{COORDINATOR}; {CHAIR}", "By grade band"),
            Words("Gallery walk", 30, "discussion", None, "", "Leave one question on each poster"),
            Words("Plan one change for your district", 20, "groups", None, "", "In pairs"),
            Words("Exit question and next dates", 10, "other", None, STAFF),
        ],
    ),
    "Instructional routines": (
        "At the end you have tried two routines, and know which one fits your classes.",
        [
            Words("Welcome, and what the rewritten tasks showed", 25, "reports", None, STAFF),
            Words("Two routines, as a learner", 60, "talk", None, FACULTY),
            Words("Fit one to a unit of your own", 70, "groups", None, CHAIR),
            Words("Exit question and next dates", 25, "other", None, STAFF),
        ],
    ),
    "Planning action in district": (
        "At the end your action plan has a first step, and a name beside it.",
        [
            Words("What worked, from four districts", 40, "reports", None, COORDINATOR),
            Words("Write the plan", 80, "groups", None, "", "With your district's planning sheet"),
            Words("Read each other's plans", 40, "discussion"),
            Words("Exit question and next dates", 20, "other", None, STAFF),
        ],
    ),
    "Closing meeting": (
        "At the end everyone has shown what changed in their district.",
        [
            Words("Posters of all districts", 90, "reports", None, "", "Two minutes each, then questions"),
            Words("What we'd tell a new district", 50, "discussion", None, FACULTY),
            Words("Evaluation and next year", 40, "other", None, STAFF),
        ],
    ),
}
MONTHLY = (
    "At the end you have one practice of another district to try before we meet again.",
    [
        Words("What's current in each district", 30, "reports"),
        Words("One practice, looked at together", 45, "talk", None, "Mathematics coordinator, Taunton"),
        Words("Fit it to your own schools", 35, "groups", None, "", "In threes, across districts"),
        Words("Next dates", 10, "other", None, STAFF),
    ],
)


def write(network: Network) -> None:
    """Write the agendas of a network's own meetings, as its staff would have the week before each."""
    for meeting in network.meetings.own():
        aim, items = PROGRAMS.get(meeting.title, MONTHLY)
        where = meeting.modality != Modality.ONLINE
        agenda.describe(meeting, agenda.About(aim=aim, arrival=ARRIVAL if where else ""))
        if meeting.title in PROGRAMS and where:
            Meeting.objects.filter(pk=meeting.pk).update(**PLACE)
        rows = [
            AgendaItem(meeting=meeting, uid=uuid5(meeting.uid, words.title), place=place, **vars(words))
            for place, words in enumerate(items, start=1)
        ]
        bulk_create_with_history(rows, AgendaItem)
