"""Times as people type them at a desk: "8:52", "8:52 a.m.", "10:45 pm", "22:45", "905", "noon"."""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.planning.domain import planning
from meetings.planning.exceptions import WallTimeRefused

TYPED = re.compile(r"^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:([ap])\.?\s?m?\.?)?$", re.IGNORECASE)
WORDS = {"noon": time(12), "12 noon": time(12), "midnight": time(0), "12 midnight": time(0)}


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


def wall_times(text: str) -> list[time]:
    """Return what a typed time can mean: one reading, or morning and afternoon. Raises ValidationError."""
    text = " ".join(text.split())
    if text.lower() in WORDS:
        return [WORDS[text.lower()]]
    found = TYPED.match(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    half = (found[3] or "").lower() if found else ""
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise ValidationError(_("Type a time like 8:52, 8:52 a.m. or 13:30."))
    if half:
        return [time(hour % 12 + (12 if half == "p" else 0), minute)]
    if 1 <= hour <= 12:
        return [time(hour, minute), time((hour + 12) % 24, minute)]
    return [time(hour, minute)]


def away(moment: datetime, meeting: Meeting) -> float:
    """Return how many seconds a moment is from the meeting; 0 during it."""
    return max((meeting.starts_at - moment).total_seconds(), (moment - meeting.ends_at).total_seconds(), 0.0)


def typed(moment: datetime | None, meeting: Meeting) -> str:
    """Return a moment as it would be typed into the field, on the meeting's clock."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(meeting.zone))
    return f"{local.hour % 12 or 12}:{local.minute:02d} {'a.m.' if local.hour < 12 else 'p.m.'}"
