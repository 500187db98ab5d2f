"""Teams of the partnership: who joins and leaves, and who wants to be named."""

from datetime import date, datetime

from django.db import transaction

from meetings.groups.domain import losing_leads
from meetings.groups.exceptions import NotOnTheTeam, TeamFull, TermRefused
from meetings.models import Meeting, TeamMember, WorkingGroup
from meetings.models.planning.meeting import MeetingQuerySet
from partners.models import Person


@transaction.atomic
def join_team(team: WorkingGroup, *, person: Person, on: date, term_ends: date | None = None) -> TeamMember:
    """Put ``person`` on ``team`` from ``on``; whoever sits there stays as they are.

    Raises TeamFull, and TermRefused for a term that ends before it begins.
    """
    team = WorkingGroup.objects.select_for_update().get(pk=team.pk)
    current = team.team_members.current()
    known = current.filter(person=person).first()
    if known:
        return known
    if team.places is not None and current.count() >= team.places:
        raise TeamFull
    check_term(term_ends, since=on)
    return TeamMember.objects.create(team=team, person=person, joined_on=on, term_ends=term_ends)


@transaction.atomic
def leave_team(team: WorkingGroup, *, person: Person, on: date, at: datetime) -> TeamMember:
    """End a membership on ``on``; the row stays, so that one can say who sat there when.

    Raises NotOnTheTeam where they don't sit there now.
    """
    row = team.team_members.current().select_for_update().filter(person=person).first()
    if row is None:
        raise NotOnTheTeam
    row.left_on = max(on, row.joined_on)
    row.save(update_fields=["left_on"])
    losing_leads.stop_leading(person, WorkingGroup.objects.filter(pk=team.pk), at=at)
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


def check_term(term_ends: date | None, *, since: date) -> None:
    """Raise TermRefused where a term would end before it begins."""
    if term_ends is not None and term_ends < since:
        raise TermRefused
