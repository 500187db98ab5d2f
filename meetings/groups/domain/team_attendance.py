"""Who comes to a meeting of a team, said by each for themselves; and who came, marked by its lead."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeAlias, TypedDict, cast

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from meetings.groups.exceptions import NotOnTheTeam, TeamMeetingRefused
from meetings.models import GroupLead, Meeting, TeamAttendance, TeamMember
from meetings.models.planning.meeting import MeetingQuerySet
from partners.models import Actor, Person, by_name


class Said(TypedDict):
    """What somebody said of a meeting, and whether they were there."""

    said_absent_at: datetime | None
    came: bool | None


Comer: TypeAlias = "WithAnnotations[Person, Said]"


def people_of(meeting: Meeting) -> "QuerySet[Comer]":
    """Return who sits on the team or leads it on the day of ``meeting``, and whoever was there, by name."""
    on, team = meeting.on, meeting.working_group_id
    stays = Q(left_on__isnull=True) | Q(left_on__gte=on)
    leads = Q(until__isnull=True) | Q(until__gte=on)
    among = Q(pk__in=TeamMember.objects.filter(stays, team=team, joined_on__lte=on).values("person"))
    among |= Q(pk__in=GroupLead.objects.filter(leads, working_group=team, since__lte=on).values("person"))
    rows = TeamAttendance.objects.filter(meeting=meeting)
    own = rows.filter(person=OuterRef("pk"))
    people = Person.objects.filter(among | Q(pk__in=rows.here().values("person"))).annotate(
        said_absent_at=Subquery(own.values("said_absent_at")), came=Subquery(own.values("came"))
    )
    return cast("QuerySet[Comer]", people.order_by(*by_name()))


def people_once(meeting: Meeting) -> "list[Comer]":
    """Return `people_of` as a list, asked once for all sections of the page that ``meeting`` was read for."""
    kept: dict[str, Any] = meeting.__dict__
    if "_people_of_team" not in kept:
        kept["_people_of_team"] = list(people_of(meeting))
    found: list[Comer] = kept["_people_of_team"]
    return found


@transaction.atomic
def say_absent(meeting: Meeting, *, person: Person, at: datetime) -> bool:
    """Write that ``person`` can't come; return whether that is news.

    Raises TeamMeetingRefused, NotOnTheTeam.
    """
    row = _own_row(meeting, person, at=at)
    if row.said_absent_at:
        return False
    row.said_absent_at = at
    row.save()
    return True


@transaction.atomic
def come_after_all(meeting: Meeting, *, person: Person, at: datetime) -> bool:
    """Take that back; return whether that is news. Raises TeamMeetingRefused, NotOnTheTeam."""
    row = _own_row(meeting, person, at=at)
    if row.said_absent_at is None:
        return False
    row.said_absent_at = None
    row.save()
    return True


def _own_row(meeting: Meeting, person: Person, *, at: datetime) -> TeamAttendance:
    """Hold the meeting and return what is known of ``person`` there, a new row where there is none."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.is_cancelled or meeting.ends_at <= at:
        raise TeamMeetingRefused(sentence=_("This meeting is over or was cancelled."))
    if not people_of(meeting).filter(pk=person.pk).exists():
        raise NotOnTheTeam
    known = TeamAttendance.objects.filter(meeting=meeting, person=person).first()
    return known or TeamAttendance(meeting=meeting, person=person)


@transaction.atomic
def mark(
    meeting: Meeting,
    *,
    listed: Collection[str],
    was_here: Collection[str],
    here: Collection[str],
    by: Actor,
    at: datetime,
) -> None:
    """Write who came: of the people ``listed`` on a page, those ``here`` now; all by their uid.

    Only what differs from what the page showed is written over, so that nothing is lost where two save at
    once; whoever isn't marked so far is. Raises TeamMeetingRefused.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.is_cancelled:
        raise TeamMeetingRefused(sentence=_("This meeting was cancelled."))
    if meeting.starts_at > at:
        raise TeamMeetingRefused(sentence=_("You can mark who came once the meeting has started."))
    known = {row.person_id: row for row in TeamAttendance.objects.filter(meeting=meeting)}
    for person in people_of(meeting):
        uid = str(person.uid)
        row = known.get(person.pk) or TeamAttendance(meeting=meeting, person=person)
        is_here, is_changed = uid in here, (uid in here) != (uid in was_here)
        if uid in listed and row.came != is_here and (is_changed or row.came is None):
            row.came, row.marked_by_name, row.marked_at = is_here, str(by), at
            row.save()


def meetings_of_teams_attended(person: Person) -> MeetingQuerySet:
    """Return the meetings of teams to which ``person`` came."""
    here = TeamAttendance.objects.here().filter(person=person)
    return Meeting.objects.filter(pk__in=here.values("meeting"))
