"""After new rules of time zones: planned wall times become instants again (docs/deployment.md).

What was planned is a wall time and a zone; the instants beside it were worked out by the rules of then.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from meetings.models import Meeting
from meetings.planning.domain import planning
from meetings.planning.exceptions import WallTimeRefused

FOLLOWS = ["starts_at", "ends_at", "category_minutes", "sequence", "changed_at"]


@dataclass(frozen=True)
class Moved:
    """One meeting whose wall time is another instant by the rules of now, and its instants before."""

    meeting: Meeting
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Update:
    """What new rules do: meetings written anew, those that have begun, and wall times that are none now."""

    moved: list[Moved] = field(default_factory=list)
    begun: list[Moved] = field(default_factory=list)
    refused: list[tuple[Meeting, str]] = field(default_factory=list)


@transaction.atomic
def apply_zone_data(*, at: datetime, write: bool = True) -> Update:
    """Write the instants of every meeting ahead by the rules of now, and return what they did.

    Their revision is raised, so that calendars fetch them anew. A meeting that has begun, by the rules of
    then or of now, keeps its instants: what was seen there stands beside them. With ``write`` False nothing
    changes.
    """
    update = Update()
    for meeting in Meeting.objects.select_for_update(of=("self",)).order_by("starts_at", "pk"):
        before = Moved(meeting, meeting.starts_at, meeting.ends_at)
        try:
            planning.set_time(
                meeting,
                on=meeting.on,
                start_time=meeting.start_time,
                end_time=meeting.end_time,
                zone=meeting.zone,
            )
        except WallTimeRefused as refusal:
            update.refused.append((meeting, str(refusal)))
            continue
        if (meeting.starts_at, meeting.ends_at) == (before.starts_at, before.ends_at):
            continue
        if min(meeting.starts_at, before.starts_at) <= at:
            update.begun.append(before)
            continue
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, at
        update.moved.append(before)
        if write:
            meeting.save(update_fields=FOLLOWS)
    return update
