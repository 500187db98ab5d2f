"""Planned time: wall clock, zone and the instants, written together and nowhere else."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.planning.domain import categories
from meetings.planning.exceptions import WallTimeRefused

YEARS = range(2000, 2100)  # of which the calendar has months
ONE_DAY = timedelta(days=1)
A_DAY = 24 * 60
LONGEST_NIGHT = 12 * 60  # minutes of a meeting that goes past midnight


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone ``name``; raise WallTimeRefused where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise WallTimeRefused(
            sentence=_("“%(zone)s” isn't a time zone we know.") % {"zone": name}
        ) from unknown


def instant(on: date, wall: time, zone: str) -> datetime:
    """Return the UTC instant of a wall time; raise WallTimeRefused if the day lacks it or has it twice."""
    local = datetime.combine(on, wall, zone_named(zone))
    if on.year not in YEARS:
        raise WallTimeRefused(sentence=_("%(on)s is too far off to be a real date.") % {"on": on.isoformat()})
    there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise WallTimeRefused(
            sentence=_("The clocks change on %(on)s, and %(time)s doesn't exist that day.")
            % {"on": on.isoformat(), "time": wall.strftime("%H:%M")}
        )
    if local.replace(fold=1).utcoffset() != local.utcoffset():
        raise WallTimeRefused(
            sentence=_("The clocks change on %(on)s, and %(time)s comes twice that day.")
            % {"on": on.isoformat(), "time": wall.strftime("%H:%M")}
        )
    return local.astimezone(UTC)


def window(on: date, start_time: time, end_time: time, zone: str) -> tuple[datetime, datetime]:
    """Return when a meeting of ``on`` begins and ends (UTC); one that goes past midnight ends the next day.

    Raises WallTimeRefused for a time that the clock does not show, and for an end before the start.
    """
    if not ends_after(start_time, end_time):
        raise WallTimeRefused(sentence=_("A meeting can't end before it starts."))
    begins = instant(on, start_time, zone)
    last = on + ONE_DAY if past_midnight(start_time, end_time) else on
    ends = instant(last, end_time, zone)
    if ends <= begins:
        raise WallTimeRefused(sentence=_("A meeting can't end before it starts."))
    return begins, ends


def past_midnight(start_time: time, end_time: time) -> bool:
    """Return whether the end is on the day after the start: at 24:00, which is 00:00, or later."""
    return end_time <= start_time


def ends_after(start_time: time, end_time: time) -> bool:
    """Return whether the end can be meant; half a day past midnight at most, as 9 to 8 is a slip."""
    return not past_midnight(start_time, end_time) or minutes_between(start_time, end_time) <= LONGEST_NIGHT


def minutes_between(start_time: time, end_time: time) -> int:
    """Return how many minutes the clock shows from the start to the next time that it shows the end."""
    start, end = (one.hour * 60 + one.minute for one in (start_time, end_time))
    return (end - start) % A_DAY or A_DAY


def set_time(meeting: Meeting, *, on: date, start_time: time, end_time: time, zone: str) -> None:
    """Write the planned time and both instants of ``meeting`` together, without saving.

    The minutes of each category follow its length.
    """
    starts_at, ends_at = window(on, start_time, end_time, zone)
    categories.follow(meeting, length=int((ends_at - starts_at).total_seconds() // 60))
    meeting.on, meeting.start_time, meeting.end_time, meeting.zone = on, start_time, end_time, zone
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
