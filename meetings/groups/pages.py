"""What the teams add to the page of the partnership and to those of their meetings."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from meetings.groups.domain.team_attendance import people_once
from meetings.models import TeamMember, WorkingGroup, meeting_roles
from meetings.models.gathering.meeting_roles import SeenMeeting
from partners.models import Partnership, Person
from partners.people.permissions import may_edit_partnership


def teams(_of: Partnership | None, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return the teams, and whether ``person`` writes them; nothing where there is neither. Three queries."""
    found, may_edit = teams_seen_by(person), may_edit_partnership(person)
    return {"teams": found, "may_edit": may_edit} if found or may_edit else None


def new_team(_of: Partnership | None, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return what the button to add a team needs, for whoever may press it."""
    return {} if may_edit_partnership(person) else None


def teams_seen_by(person: Person | None) -> list[WorkingGroup]:
    """Return the teams with those who chose to be named, and whether ``person`` sits there."""
    named = TeamMember.objects.public().select_related("person")
    teams = WorkingGroup.objects.teams().prefetch_related(
        Prefetch("team_members", queryset=named, to_attr="named")
    )
    mine = TeamMember.objects.current().filter(person=person) if person else TeamMember.objects.none()
    by_team = {member.team_id: member for member in mine}
    found: list[Any] = list(teams.order_by("kind", "title"))
    for team in found:
        team.mine = by_team.get(team.pk)
    return found


def who_comes(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return who comes to a team's meeting, or came, by one statement; nothing to whoever is not of it.

    Members, leads and staff see the names, whoever has left the team since only how many.
    """
    if not meeting.is_of_team or meeting.is_cancelled or not meeting_roles.is_among(meeting):
        return None
    people = people_once(meeting)
    over = meeting.ends_at <= at
    here = [one for one in people if (one.came if over else not one.said_absent_at)]
    return {
        "over": over,
        "people": people,
        "here": here,
        "absent": [one for one in people if one.said_absent_at],
        "marked": any(one.came is not None for one in people),
        "named": meeting.is_registered or meeting.is_run,
        "mark": meeting.uid if meeting.is_run and meeting.starts_at <= at else None,
    }
