"""Planned time: wall clock, zone and the instants, written together and nowhere else."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.planning.exceptions import WallTimeRefused


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
    try:
        there_and_back = local.astimezone(UTC).astimezone(local.tzinfo)
    except OverflowError as beyond:
        raise WallTimeRefused(
            sentence=_("%(on)s is too far off to be a real date.") % {"on": on.isoformat()}
        ) from beyond
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


def set_time(meeting: Meeting, *, on: date, start_time: time, end_time: time, zone: str) -> None:
    """Write the planned time and both instants of ``meeting`` together, without saving."""
    starts_at, ends_at = instant(on, start_time, zone), instant(on, end_time, zone)
    if ends_at <= starts_at:
        raise WallTimeRefused(sentence=_("A meeting can't end before it starts."))
    meeting.on, meeting.start_time, meeting.end_time, meeting.zone = on, start_time, end_time, zone
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
