"""Times typed at a desk, read on the clock of their meeting."""

from collections.abc import Iterable
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.planning.domain import planning
from meetings.planning.domain.breaks import spans
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.typed_breaks import TypedBreak, in_meeting
from meetings.planning.forms.typed_times import wall_times
from partners.models import local_day
from registrations.credit.domain.intervals import Interval


def instant_typed(text: str, meeting: Meeting) -> datetime:
    """Return the instant of a typed wall time on the meeting's day and in its zone.

    Without a.m. or p.m. the reading nearest to the meeting is taken. Raises ValidationError.
    """
    days = {meeting.on, local_day(meeting.ends_at, meeting.zone)}
    readings = []
    for on, wall in product(sorted(days), wall_times(text)):
        try:
            readings.append(planning.instant(on, wall, meeting.zone))
        except WallTimeRefused as refusal:
            refused = refusal
    if not readings:
        raise ValidationError(str(refused))
    return min(readings, key=lambda moment: distance(moment, meeting))


def away_typed(typed: Iterable[TypedBreak], meeting: Meeting) -> list[Interval]:
    """Return the moments of what was typed, read as it lies in the meeting. Raises ValidationError."""
    try:
        plans = in_meeting(typed, meeting.start_time, meeting.end_time)
    except ValidationError as refusal:
        raise ValidationError(_("This isn't during the meeting. Type it like 10:00-11:00.")) from refusal
    return [Interval(*span) for span in spans(meeting, plans)]


def distance(moment: datetime, meeting: Meeting) -> float:
    """Return how many seconds a moment is from the meeting; 0 during it."""
    return max((meeting.starts_at - moment).total_seconds(), (moment - meeting.ends_at).total_seconds(), 0.0)


def typed(moment: datetime | None, meeting: Meeting) -> str:
    """Return a moment as it would be typed into the field, on the meeting's clock."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(meeting.zone))
    return f"{local.hour % 12 or 12}:{local.minute:02d} {'a.m.' if local.hour < 12 else 'p.m.'}"
