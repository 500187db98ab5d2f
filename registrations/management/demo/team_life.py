"""The leadership team of the demo: who sits on it, when it met, and what it makes."""

from datetime import datetime, time, timedelta

from meetings.groups.domain import own_meetings, team_attendance, teams
from meetings.models import Meeting, WorkingGroup
from meetings.planning.domain import planning
from meetings.planning.domain.leads import set_leads
from partners.models import Person, local_day
from registrations.management.demo import calendar

ZONE = "America/New_York"
MARKED, UNMARKED, AHEAD = ("Goals for the year", 40), ("What the networks need", 12), ("Who hosts when", 16)
SINCE = timedelta(days=90)


def tell(who: dict[str, Person], *, at: datetime) -> None:
    """Make the team once: its lead marked who came to the first meeting, and has still to for the second."""
    if WorkingGroup.objects.teams().exists():
        return
    lead = who["group-lead"]
    people = [lead, who["coordinator"], who["staff"], who["partner"]]
    team = WorkingGroup.objects.create(
        network=None,
        kind=WorkingGroup.Kind.LEADERSHIP_TEAM,
        title="Leadership team",
        description="Plans what the networks do next, and who hosts.",
        meets="online",
    )
    for person in people:
        teams.join_team(team, person=person, on=local_day(at - SINCE))
        teams.choose_listed(team, person=person, listed=person != lead)
    set_leads(team, [lead], on=local_day(at - SINCE))
    mark(held(team, *MARKED, at=at), people, by=lead)
    held(team, *UNMARKED, at=at)
    plan(team, *AHEAD, by=lead, at=at)
    team.deliverables.create(
        title="Goals for the coming school year", state="in_work", parts=4, done_parts=2, owner=lead
    )


def held(team: WorkingGroup, title: str, days: int, *, at: datetime) -> Meeting:
    """Hold a meeting of an afternoon, so many days ago."""
    meeting = Meeting(working_group=team, title=title, modality="online")
    on = calendar.weekday_after(local_day(at), 1, days=-days)
    planning.set_time(meeting, on=on, start_time=time(15), end_time=time(16, 30), zone=ZONE)
    meeting.save()
    return meeting


def mark(meeting: Meeting, people: list[Person], *, by: Person) -> None:
    """Mark that all came but the last."""
    uids = [str(one.uid) for one in people]
    at = meeting.ends_at + timedelta(hours=1)
    team_attendance.mark(meeting, listed=uids, was_here=[], here=uids[:-1], by=by, at=at)


def plan(team: WorkingGroup, title: str, days: int, *, by: Person, at: datetime) -> None:
    """Let the lead plan the next one."""
    values = {
        "on": calendar.weekday_after(local_day(at), 1, days=days),
        "start_time": time(15),
        "end_time": time(16, 30),
        "zone": ZONE,
        "modality": "online",
        "venue": "",
        "address": "",
        "room": "",
        "join_url": "https://meet.example.org/leadership",
    }
    own_meetings.plan_meeting(team, title=title, values=values, by=by, at=at)
