"""Who is here by now: by what counts, and by what somebody pressed on their phone a moment ago."""

from django.db.models import Q

from meetings.models import Meeting
from registrations.models import Attendance, Evidence


def seen_as(meeting: Meeting, status: str) -> Q:
    """Return the condition that somebody counts as present or absent, or pressed so a moment ago."""
    counted = Attendance.objects.filter(meeting=meeting, status=status)
    pressed = Evidence.objects.standing().filter(meeting=meeting, uncounted=True, seen=status)
    return Q(person__in=counted.values("registration__person")) | Q(
        person__in=pressed.values("registration__person")
    )
