"""What the page of a meeting shows: its head, when and where, and its sections, each by a function."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from meetings.gathering import calendars
from meetings.gathering.pages.agenda import agenda_context
from meetings.gathering.pages.left_behind import left_behind
from meetings.models import Meeting, Modality, Network
from meetings.models.gathering.meeting_roles import SeenMeeting
from meetings.planning.calendars import is_off
from partners.models import Person, local_day
from stemnet import wording


def meeting_context(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any]:
    """Return what the template of the page reads.

    The whole page asks at most twelve statements, of which its frame takes four, the meeting and its agenda
    three, what it leaves behind, its materials and the next meeting one each, and registrations the rest;
    where the meeting has subjects of its own, two more.
    """
    return {
        "meeting": meeting,
        "network": network_of(meeting),
        "where": where_words(meeting),
        "is_off": is_off(meeting),
        "is_over": meeting.ends_at <= at,
        "distance": wording.distance(meeting.on, local_day(at, meeting.zone)),
        "about": about_words(meeting),
        "join_url": join_url(meeting, at=at),
        "map_url": calendars.map_url(meeting),
        "calendar_links": calendars.calendar_links(meeting),
        **place_among(meeting, at=at),
        **agenda_context(meeting),
        **left_behind(meeting, person=person, at=at),
    }


def network_of(meeting: Meeting) -> Network | None:
    """Return the network of a meeting, also of one of its groups; None of a team of the partnership."""
    return meeting.network or (meeting.working_group.network if meeting.working_group else None)


def where_words(meeting: Meeting) -> str:
    """Return where one goes, in a word or two, such as "Marlborough" or "online"."""
    return _("online") if meeting.modality == Modality.ONLINE else meeting.venue


def about_words(meeting: Any) -> str:
    """Return the subjects and standards of the meeting alone, in words; two statements where it has some."""
    if not meeting.has_subjects:
        return ""
    standards = [f"{one.code} {one.text}" for one in meeting.standards.all()]
    return "; ".join([*(one.title for one in meeting.subjects.all()), *standards])


def join_url(meeting: SeenMeeting, *, at: datetime) -> str:
    """Return the link to join for the seated and whoever runs it, from the day before to the end."""
    return link_of(meeting, at=at) if meeting.is_registered or meeting.is_run else ""


def link_of(meeting: Meeting, *, at: datetime) -> str:
    """Return the link to join, from the day before to the end; only for those who are of the meeting."""
    tomorrow = local_day(at, meeting.zone) + timedelta(days=1)
    is_time = meeting.on <= tomorrow and meeting.ends_at > at and not is_off(meeting)
    return meeting.join_url if is_time and meeting.modality != Modality.IN_PERSON else ""


def with_place(meetings: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate each meeting with its number among those of its network or group, and when the network begins.

    By that its credit rule is told, which else would read all meetings.
    """
    same = of_one_body(Coalesce(OuterRef("network"), 0), Coalesce(OuterRef("working_group"), 0))
    starts = Q(starts_at__lt=OuterRef("starts_at"))
    before = same.filter(starts | Q(starts_at=OuterRef("starts_at"), pk__lt=OuterRef("pk")))
    own = Meeting.objects.own().standing().filter(network=OuterRef("network")).order_by("starts_at", "pk")
    here = {"meeting": OuterRef("pk")}
    has_subjects = Exists(Meeting.subjects.through._base_manager.filter(**here)) | Exists(
        Meeting.standards.through._base_manager.filter(**here)
    )
    known: QuerySet[Any] = meetings.annotate(
        has_subjects=has_subjects,
        total=_number(same),
        before=_number(before),
        network_begins=Subquery(own.values("starts_at")[:1]),
    )
    return known


def of_one_body(network: Any, group: Any) -> QuerySet[Any]:
    """Return the standing meetings of a network or a group, whose keys are given, or 0."""
    keyed = Meeting.objects.standing().annotate(
        of_network=Coalesce("network", 0), of_group=Coalesce("working_group", 0)
    )
    return keyed.filter(of_network=network, of_group=group)


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("of_group").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def place_among(meeting: Any, *, at: datetime) -> dict[str, Any]:
    """Return which of how many meetings this is; once it is over also the next one, by one statement."""
    if meeting.network:
        meeting.network.first_starts_at = meeting.network_begins
    ahead = next_of(meeting, at=at) if meeting.ends_at <= at else None
    return {
        "number": meeting.before + 1 if meeting.total > 1 and not meeting.is_cancelled else None,
        "total": meeting.total,
        "next_meeting": ahead,
        "next_where": where_words(ahead) if ahead else "",
    }


def next_of(meeting: Meeting, *, at: datetime) -> Meeting | None:
    """Return the next meeting of the same network or group that is not over."""
    same = of_one_body(meeting.network_id or 0, meeting.working_group_id or 0)
    return same.filter(ends_at__gt=at, starts_at__gt=meeting.starts_at).order_by("starts_at", "pk").first()
