"""What the page of a team says of its meetings: who can't come to the next one, who came to earlier ones."""

from collections.abc import Iterable
from typing import Any

from meetings.groups.domain.team_attendance import people_of
from meetings.models import Meeting, TeamAttendance
from partners.models import Person


def coming(meeting: Meeting, person: Person | None, *, inside: bool) -> dict[str, Any]:
    """Return how many of the team come, who can't, and whether ``person`` may say so; one statement."""
    people = list(people_of(meeting)) if inside else []
    missing = [one for one in people if one.said_absent_at]
    own = next((one for one in people if one == person), None)
    return {
        "coming": len(people) - len(missing),
        "missing": len(missing),
        "absent": missing,
        "may_say": own is not None,
        "misses": own is not None and own.said_absent_at is not None,
    }


def with_who_came(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Give each meeting of a team ``marked``, how many are marked, and ``came``, who came; one statement."""
    found: list[Any] = list(meetings)
    marks = TeamAttendance.objects.filter(meeting__in=found, came__isnull=False).select_related("person")
    for meeting in found:
        meeting.marked, meeting.came = 0, []
    by_key = {meeting.pk: meeting for meeting in found}
    for mark in marks:
        meeting = by_key[mark.meeting_id]
        meeting.marked += 1
        meeting.came += [mark.person] if mark.came else []
    return found
