"""Contact hours at meetings of teams: a team has no network, so no rule and no points, only hours.

Whoever was there counts from its start to its end, and an instant of two such meetings counts once
(docs/rules.md 2.5).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from meetings.models import Meeting, TeamAttendance, WorkingGroup
from partners.models import Person
from registrations.credit.domain.credits import Span, minutes
from registrations.credit.domain.intervals import duration, subtract


@dataclass(frozen=True)
class TeamMeeting:
    """One meeting at which somebody was, and how many minutes it counts."""

    meeting: Meeting
    minutes: int


@dataclass(frozen=True)
class TeamHours:
    """One team and its meetings at which somebody was, the earliest first."""

    team: WorkingGroup
    meetings: list[TeamMeeting] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """Return how many minutes they count together."""
        return sum(one.minutes for one in self.meetings)


def counted(meetings: Iterable[Meeting]) -> Iterable[TeamMeeting]:
    """Yield each meeting with its minutes, without those that an earlier one has counted."""
    taken: list[Span] = []
    for meeting in meetings:
        window = (meeting.starts_at, meeting.ends_at)
        yield TeamMeeting(meeting, int(minutes(duration(subtract([window], taken)))))
        taken.append(window)


def hours_of(person: Person) -> list[TeamHours]:
    """Return the teams to whose meetings ``person`` came, by title; one statement."""
    rows = _marks().filter(person=person).select_related("meeting__working_group")
    found: dict[int, TeamHours] = {}
    for one in counted(row.meeting for row in rows):
        if team := one.meeting.working_group:
            found.setdefault(team.pk, TeamHours(team)).meetings.append(one)
    return sorted(found.values(), key=lambda one: one.team.title)


def hours_on_team(team: WorkingGroup) -> list[tuple[Person, int]]:
    """Return everyone who came to meetings of ``team`` with their minutes there, by name; one statement."""
    meetings: dict[Person, list[Meeting]] = {}
    for row in _marks().filter(meeting__working_group=team).select_related("meeting", "person"):
        meetings.setdefault(row.person, []).append(row.meeting)
    hours = [(person, sum(one.minutes for one in counted(theirs))) for person, theirs in meetings.items()]
    return sorted(hours, key=lambda one: (one[0].plain_last_name, one[0].plain_first_name, one[0].pk))


def _marks() -> QuerySet[TeamAttendance]:
    """Return who came to meetings that were held, the earliest first."""
    held = TeamAttendance.objects.here().filter(meeting__in=Meeting.objects.standing())
    return held.order_by("meeting__starts_at", "meeting__pk", "pk")
