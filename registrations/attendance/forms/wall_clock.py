"""Times typed at a desk, read on the clock of their meeting."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from meetings.models import Meeting
from meetings.planning.domain import planning
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.typed_times import wall_times


def instant_typed(text: str, meeting: Meeting) -> datetime:
    """Return the instant of a typed wall time on the meeting's day and in its zone.

    Without a.m. or p.m. the reading nearest to the meeting is taken. Raises ValidationError.
    """
    readings = []
    for wall in wall_times(text):
        try:
            readings.append(planning.instant(meeting.on, wall, meeting.zone))
        except WallTimeRefused as refusal:
            refused = refusal
    if not readings:
        raise ValidationError(str(refused))
    return min(readings, key=lambda moment: away(moment, meeting))


def away(moment: datetime, meeting: Meeting) -> float:
    """Return how many seconds a moment is from the meeting; 0 during it."""
    return max((meeting.starts_at - moment).total_seconds(), (moment - meeting.ends_at).total_seconds(), 0.0)


def typed(moment: datetime | None, meeting: Meeting) -> str:
    """Return a moment as it would be typed into the field, on the meeting's clock."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(meeting.zone))
    return f"{local.hour % 12 or 12}:{local.minute:02d} {'a.m.' if local.hour < 12 else 'p.m.'}"
