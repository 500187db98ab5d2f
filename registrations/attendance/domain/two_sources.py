"""Where a report and somebody's own phone disagree much, for staff to look at (docs/rules.md 6.1).

Somebody sits in the room, checks in on their phone and looks into the online meeting for five minutes: the
report decides over the phone, and only a person knows that both are true.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor
from registrations.attendance.domain.attendance import locked, mark_attendance
from registrations.attendance.exceptions import AttendanceRefused
from registrations.credit.domain.deriving import spans_of
from registrations.credit.domain.intervals import Interval, clip, duration, gaps, subtract, union
from registrations.models import BY_HAND, Evidence, Registration, Seen, Source

LEAST = timedelta(minutes=15)
SHARE = 4  # of the meeting


@dataclass(frozen=True)
class Sides:
    """When meeting tools and the door saw somebody during the meeting, and when their own phone did."""

    by_tool: list[Interval]
    by_phone: list[Interval]

    @property
    def tool_minutes(self) -> int:
        """Return the whole minutes that count as it is."""
        return duration(self.by_tool) // timedelta(minutes=1)

    @property
    def phone_minutes(self) -> int:
        """Return the whole minutes that the phone says."""
        return duration(self.by_phone) // timedelta(minutes=1)

    @property
    def both(self) -> list[Interval]:
        """Return when either saw them."""
        return union([*self.by_tool, *self.by_phone])


def sides(marks: Sequence[Evidence], meeting: Meeting) -> Sides | None:
    """Return both sides where a phone says much more than a report; None where not, or where staff marked."""
    kinds = {mark.source for mark in marks}
    if not {Source.IMPORT, Source.SELF} <= kinds or kinds & set(BY_HAND):
        return None
    window = meeting.starts_at, meeting.ends_at
    by_tool, by_phone = (
        clip(spans_of(mark for mark in marks if mark.source in sources), window)
        for sources in ((Source.IMPORT, Source.KIOSK), (Source.SELF,))
    )
    much = max(LEAST, (meeting.ends_at - meeting.starts_at) / SHARE)
    return Sides(by_tool, by_phone) if duration(subtract(by_phone, by_tool)) >= much else None


def sides_of(registration: Registration, meeting: Meeting) -> Sides | None:
    """Return the same of one person, as their marks stand now."""
    marks = Evidence.objects.standing().filter(meeting=meeting, registration=registration)
    return sides(list(marks), meeting)


@transaction.atomic
def count_both(
    *, registration: Registration, meeting: Meeting, source: str, by: Actor, at: datetime
) -> Evidence:
    """Write by hand that somebody was there when either saw them. Raises AttendanceRefused."""
    meeting = locked(meeting)
    found = sides_of(registration, meeting)
    if found is None:
        raise AttendanceRefused(sentence=_("The report and their phone no longer disagree."))
    spans = found.both
    return mark_attendance(
        registration=registration,
        meeting=meeting,
        seen=Seen.PRESENT,
        arrived=spans[0].start,
        left=spans[-1].end,
        away=gaps(spans),
        source=source,
        by=by,
        at=at,
        reason=_("Counted both: the report and their own phone"),
    )
