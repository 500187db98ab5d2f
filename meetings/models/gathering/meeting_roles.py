"""What somebody is at a meeting: registered, or there. Each section of its page asks here who sees it.

`meetings` knows who leads and staffs; upper apps say in ``ready()`` at which meetings a person is what::

    meeting_roles.add(REGISTERED, meetings_with_seat)

and every queryset asks ``meeting__in=meeting_roles.meetings_as(REGISTERED, person)``.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeAlias, TypedDict, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_stubs_ext import WithAnnotations

from meetings.models.planning.meeting import Meeting, MeetingQuerySet
from partners.models import Person

REGISTERED, ATTENDED, PROPOSED = "registered", "attended", "proposed"
Meetings = Callable[[Person], QuerySet[Meeting]]

_roles: dict[str, list[Meetings]] = defaultdict(list)


class Seen(TypedDict):
    """What the reader is at a meeting; staff and the lead of its group run it.

    ``was_proposed`` says whether it came from topics that the reader may see.
    """

    is_registered: bool
    has_attended: bool
    is_run: bool
    was_proposed: bool


SeenMeeting: TypeAlias = "WithAnnotations[Meeting, Seen]"


def add(role: str, meetings: Meetings) -> None:
    """Let an app say that somebody is ``role`` at each of the meetings that ``meetings`` returns."""
    if meetings not in _roles[role]:
        _roles[role].append(meetings)


def meetings_as(role: str, person: Person | None) -> MeetingQuerySet:
    """Return the meetings at which ``person`` is ``role``; none for a visitor."""
    if person is None or not _roles[role]:
        return Meeting.objects.none()
    among = Q()
    for meetings in _roles[role]:
        among |= Q(pk__in=meetings(person).order_by().values("pk"))
    return Meeting.objects.filter(among)


def visible_to(person: Person | None) -> MeetingQuerySet:
    """Return the meetings that ``person`` may see, those of their own groups, and where they take notes."""
    if person is None or person.is_staff_for_all:
        return Meeting.objects.visible_to(person)
    mine = meetings_as(REGISTERED, person).values("pk"), meetings_as(ATTENDED, person).values("pk")
    notes = Meeting.objects.filter(note_takers__person=person).values("pk")
    seen = Q(pk__in=Meeting.objects.visible_to(person).values("pk")) | Q(pk__in=notes)
    return Meeting.objects.filter(seen | Q(pk__in=mine[0]) | Q(pk__in=mine[1]))


def seen_by(person: Person | None) -> "QuerySet[SeenMeeting]":
    """Return the meetings whose page ``person`` may open, each with what they are there; one statement."""
    here = {"pk": OuterRef("pk")}
    found = visible_to(person).annotate(
        is_registered=Exists(meetings_as(REGISTERED, person).filter(**here)),
        has_attended=Exists(meetings_as(ATTENDED, person).filter(**here)),
        is_run=Exists(Meeting.objects.markable_by(person).filter(**here)),
        was_proposed=Exists(meetings_as(PROPOSED, person).filter(**here)),
    )
    return cast("QuerySet[SeenMeeting]", found)


def is_among(meeting: SeenMeeting) -> bool:
    """Return whether the reader is of the meeting: registered for it, seen at it, or running it."""
    return bool(meeting.is_registered or meeting.has_attended or meeting.is_run)
