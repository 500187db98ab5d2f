"""Teams of the partnership: who joins and leaves, and who wants to be named."""

from datetime import date

from django.db import transaction

from meetings.groups.exceptions import NotOnTheTeam
from meetings.models import Meeting, TeamMember, WorkingGroup
from meetings.models.planning.meeting import MeetingQuerySet
from partners.models import Person


@transaction.atomic
def join_team(team: WorkingGroup, *, person: Person, on: date) -> TeamMember:
    """Put ``person`` on ``team`` from ``on``; whoever sits there stays as they are."""
    WorkingGroup.objects.select_for_update().get(pk=team.pk)
    member, _made = TeamMember.objects.current().get_or_create(
        team=team, person=person, defaults={"joined_on": on}
    )
    return member


@transaction.atomic
def leave_team(team: WorkingGroup, *, member: int, on: date) -> TeamMember:
    """End a membership on ``on``; the row stays, so that one can say who sat there when.

    Raises NotOnTheTeam where there is no such member now.
    """
    row = team.team_members.current().select_for_update().filter(pk=member).first()
    if row is None:
        raise NotOnTheTeam
    row.left_on = max(on, row.joined_on)
    row.save(update_fields=["left_on"])
    return row


def choose_listed(team: WorkingGroup, *, person: Person, listed: bool) -> None:
    """Write down whether ``person`` wants to be named as a member of ``team``; nobody else may say so.

    Raises NotOnTheTeam where they don't sit there now.
    """
    if not team.team_members.current().filter(person=person).update(listed=listed):
        raise NotOnTheTeam


def meetings_of_teams(person: Person) -> MeetingQuerySet:
    """Return the meetings of the teams on which ``person`` sits."""
    return Meeting.objects.filter(
        working_group__in=TeamMember.objects.current().filter(person=person).values("team")
    )
