"""What the page of a group shows to everyone, to its members, and to those who run it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When

from meetings.gathering.pages.meeting import link_of
from meetings.models import Deliverable, GroupRequest, Meeting, Modality, WorkingGroup
from partners.models import Person, local_day
from registrations.credit.domain.team_hours import hours_on_team
from registrations.desk.domain import staff_duties
from registrations.groups.domain import joining, members, seen
from registrations.groups.pages import team_meetings
from registrations.models import GroupMembership, MeetingGuest, PlannedAbsence, Registration
from registrations.seats.domain import groups
from stemnet import panels, wording

EARLIER, SHOWN, AGENDA = 5, 6, 6
DONE_LAST = Case(When(state=Deliverable.State.DONE, then=1), default=0)
LATEST_DUE_LAST = (F("due_on").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Viewer:
    """Who looks at the page of a group: what they are in it, and their registration in its network."""

    person: Person | None
    inside: bool
    runs: bool
    leads: bool
    member: bool
    registration: Registration | None


def viewer_of(group: WorkingGroup, person: Person | None) -> Viewer:
    """Return what ``person`` is to ``group``."""
    if person is None:
        return Viewer(None, inside=False, runs=False, leads=False, member=False, registration=None)
    runs = seen.run_by(person).filter(pk=group.pk).exists()
    member = joining.is_in(group, person)
    return Viewer(
        person,
        inside=runs or member or person.is_staff_for_all,
        runs=runs,
        leads=group.leads.current().filter(person=person).exists(),
        member=member,
        registration=joining.registration_in(group, person),
    )


def group_page(group: WorkingGroup, viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """Return what the page of ``group`` shows; a number of queries that doesn't grow with its rows."""
    context = {
        "group": group,
        "viewer": viewer,
        "next": next_meeting(group, viewer, at=at),
        "entry": entry_of(group, viewer),
    }
    if viewer.inside:
        context |= inside_of(group, viewer, at=at)
    if viewer.runs:
        context |= running(group, viewer, at=at)
    return context


def inside_of(group: WorkingGroup, viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """Return what members see: who is there, what they make, and their meetings."""
    everyone = members.members_of(group)
    meetings = group.meetings.order_by("starts_at", "pk")
    earlier = meetings.filter(ends_at__lte=at).order_by("-starts_at", "-pk")[:EARLIER]
    return {
        "members": everyone[:SHOWN],
        "number": sum(1 for one in everyone if one.since),
        "more": len(everyone) > SHOWN,
        "deliverables": group.deliverables.select_related("owner").order_by(DONE_LAST, *LATEST_DUE_LAST),
        "ahead": list(meetings.filter(ends_at__gt=at)[1:]),
        "earlier": team_meetings.with_who_came(earlier) if group.is_team else list(earlier),
        "panels": panels.of("group", group, person=viewer.person, at=at),
        "no_lead": not any(one.leads for one in everyone),
    }


def running(group: WorkingGroup, viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """Return what those who run the group see beside that: attendance due, and who asks to join."""
    due = staff_duties.meetings_due(viewer.person, at=at) if viewer.person else Meeting.objects.none()
    waiting: QuerySet[GroupRequest] = group.requests.waiting().select_related("person")
    return {
        "due": due.filter(working_group=group),
        "requests": waiting,
        "team_hours": hours_on_team(group) if group.is_team else [],
    }


def next_meeting(group: WorkingGroup, viewer: Viewer, *, at: datetime) -> dict[str, Any] | None:
    """Return the next meeting that stands, how far off it is, and who comes."""
    meeting = with_coming(group.meetings.upcoming(at)).first()
    if meeting is None:
        return None
    if group.is_team:
        said = team_meetings.coming(meeting, viewer.person, inside=viewer.inside)
    else:
        said = coming(meeting, viewer)
    joins = is_seated(viewer) or viewer.runs
    return {
        "meeting": meeting,
        "days": wording.days_away(meeting.on, local_day(at, meeting.zone)),
        "agenda": list(meeting.agenda_items.all()[:AGENDA]) if viewer.inside else [],
        "join_url": link_of(meeting, at=at) if joins else "",
        "later": joins and meeting.modality != Modality.IN_PERSON,
        "may_mark": group.is_team and viewer.runs and meeting.starts_at <= at,
        **said,
    }


def is_seated(viewer: Viewer) -> bool:
    """Return whether ``viewer`` is on the team, or in the group with a seat."""
    return viewer.member and (viewer.registration is None or viewer.registration.is_seated)


def coming(meeting: Any, viewer: Viewer) -> dict[str, Any]:
    """Return how many of a network's group come to its next meeting, and what ``viewer`` says of it."""
    mine = PlannedAbsence.objects.filter(registration=viewer.registration, meeting=meeting)
    return {
        "coming": max((meeting.expected or 0) + (meeting.as_guests or 0) - (meeting.missing or 0), 0),
        "missing": meeting.missing or 0,
        "may_say": is_seated(viewer) and viewer.registration is not None,
        "misses": viewer.registration is not None and mine.exists(),
    }


def with_coming(meetings: QuerySet[Meeting]) -> Any:
    """Annotate each meeting of a group with how many are in the group, and how many can't come."""
    inside = GroupMembership.objects.current().filter(
        working_group=OuterRef("working_group"), registration__status=Registration.Status.SEATED
    )
    missing = PlannedAbsence.objects.filter(
        meeting=OuterRef("pk"),
        registration__status=Registration.Status.SEATED,
        registration__group_memberships__working_group=OuterRef("working_group"),
        registration__group_memberships__left_at=None,
    )
    guests = MeetingGuest.objects.standing().filter(meeting=OuterRef("pk"))
    return meetings.annotate(
        expected=Subquery(_number(inside, "working_group")),
        as_guests=Subquery(_number(guests, "meeting")),
        missing=Subquery(_number(missing, "meeting")),
    )


def _number(rows: QuerySet[Any], one: str) -> Any:
    return rows.order_by().values(one).annotate(n=Count("pk")).values("n")


def entry_of(group: WorkingGroup, viewer: Viewer) -> dict[str, Any]:
    """Return how one gets in from here: join, move, ask, or why not."""
    registration, kinds = viewer.registration, WorkingGroup.Joining
    asked = (
        group.requests.waiting().filter(person=viewer.person).first()
        if viewer.person and not viewer.member
        else None
    )
    others = []
    if registration is not None and not viewer.member:
        current = registration.group_memberships.current().select_related("working_group")
        others = [one.working_group for one in current]
    full = not group.is_team and not viewer.member and not groups.has_room(group)
    may_enter = not viewer.member and (registration is not None if not group.is_team else viewer.person)
    return {
        "asked": asked,
        "others": others,
        "full": full,
        "at_limit": registration is not None and len(others) >= registration.network.groups_each,
        "may_join": bool(may_enter) and group.joining == kinds.OPEN and not full and not group.is_team,
        "may_ask": bool(may_enter) and group.joining == kinds.BY_REQUEST and not full and asked is None,
        "closed": bool(may_enter) and group.joining == kinds.CLOSED,
    }
