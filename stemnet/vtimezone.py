"""Time zones as calendars carry them (RFC 5545 3.6.5), so that programs need no zone data of their own.

Where a zone follows a yearly rule, one STANDARD and one DAYLIGHT say it for ever; each change before that,
and every change of a zone without such a rule, is an observance of its own. No RDATE: widely used readers get
those wrong. An observance begins in the wall time before the change.
"""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

# vobject takes a zone that is at UTC in winter for UTC itself if it sees no change from 2000 to 2019.
UNTIL = 2019
YEARS_AHEAD = 12  # in which a rule must hold to be one, and which changes without a rule are written for
STEP = timedelta(days=7)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Kind:
    """What a change does, whenever it does it: its wall time before, the offsets and the name after."""

    wall: time
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


@dataclass(frozen=True)
class Change:
    """One change of a zone's clocks: the wall time that they show before it, and what it does."""

    begins: datetime
    kind: Kind


@lru_cache(maxsize=512)
def vtimezone(key: str, first_year: int, last_year: int) -> Timezone:
    """Return the zone called ``key`` as moments from ``first_year`` to ``last_year`` need it.

    The component is shared: whoever gets it puts it into calendars and changes nothing of it.
    """
    zone, first = ZoneInfo(key), first_year - 1
    changes = changes_of(zone, first, last_year + YEARS_AHEAD)
    if first > UNTIL and any(change.kind.after == timedelta() for change in changes):
        changes = changes_of(zone, UNTIL, last_year + YEARS_AHEAD)
    single, rules = told_apart(changes, last_year + YEARS_AHEAD)
    component = Timezone()
    component.add("tzid", key)
    if not any(change.begins.year < first_year for change in changes):
        component.add_component(steady(zone, first))
    for change in single:
        component.add_component(observance(change))
    for change, rule in rules:
        component.add_component(observance(change, rule))
    return component


def changes_of(zone: ZoneInfo, first_year: int, last_year: int) -> list[Change]:
    """Return every change of the zone's clocks or their name in these years, by time.

    No zone has gone back within a STEP to what it was before.
    """
    at, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found = []
    while at < end:
        following = at + STEP
        while state_at(zone, at) != state_at(zone, following):
            at = moment_of_change(zone, at, following)
            found.append(change_at(zone, at))
        at = following
    return [change for change in found if change.begins.year <= last_year]


def state_at(zone: ZoneInfo, at: datetime) -> tuple[timedelta, str, bool]:
    """Return what the zone's clocks show at ``at``: offset, name, and whether it is daylight saving time."""
    local = at.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or zone.key, bool(local.dst())


def moment_of_change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the second from which on the zone's clocks show something else than at ``low``."""
    before = state_at(zone, low)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if state_at(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def change_at(zone: ZoneInfo, moment: datetime) -> Change:
    """Return the change that the zone's clocks make at ``moment``."""
    before, after = state_at(zone, moment - timedelta(seconds=1)), state_at(zone, moment)
    wall = (moment + before[0]).replace(tzinfo=None)
    is_daylight = after[0] > before[0] if before[2] != after[2] else after[2]
    return Change(wall, Kind(wall.time(), before[0], after[0], after[1], is_daylight))


def told_apart(changes: list[Change], last_year: int) -> tuple[list[Change], list[tuple[Change, vRecur]]]:
    """Return the changes that stand alone, and the two that come every year from theirs on, with the rule.

    The rule holds from its first year to ``last_year``, for YEARS_AHEAD years or more.
    """
    years = sorted({change.begins.year for change in changes})
    for first in years:
        if first > last_year - YEARS_AHEAD + 1:
            break
        later = [change for change in changes if change.begins.year >= first]
        if rules := yearly(later, last_year - first + 1):
            return [change for change in changes if change.begins.year < first], rules
    return changes, []


def yearly(changes: list[Change], years: int) -> list[tuple[Change, vRecur]]:
    """Return a first change and a rule for each of two kinds that come once in each year; else nothing."""
    kinds: dict[Kind, list[Change]] = defaultdict(list)
    for change in changes:
        kinds[change.kind].append(change)
    if len(kinds) != 2 or any(len(ones) != years for ones in kinds.values()):
        return []
    found = [(ones[0], rule_of([change.begins.date() for change in ones])) for ones in kinds.values()]
    return [(change, rule) for change, rule in found if rule] if all(rule for _, rule in found) else []


def rule_of(days: list[date]) -> vRecur | None:
    """Return the rule of these days, one a year: the second Sunday, the last, or that from the 9th on."""
    if len({day.year for day in days}) != len(days) or len({(day.month, day.weekday()) for day in days}) != 1:
        return None
    month, weekday = days[0].month, WEEKDAYS[days[0].weekday()]
    numbers = {(day.day - 1) // 7 + 1 for day in days}
    if len(numbers) == 1:
        return vRecur(freq="YEARLY", bymonth=month, byday=f"{numbers.pop()}{weekday}")
    if all(day.day + 7 > monthrange(day.year, month)[1] for day in days):
        return vRecur(freq="YEARLY", bymonth=month, byday=f"-1{weekday}")
    lowest, highest = min(day.day for day in days), max(day.day for day in days)
    if highest - lowest != 6:
        return None
    return vRecur(freq="YEARLY", bymonth=month, byday=weekday, bymonthday=list(range(lowest, highest + 1)))


def observance(change: Change, rule: vRecur | None = None) -> TimezoneStandard | TimezoneDaylight:
    """Return what holds from ``change`` on, and by ``rule`` from the same change of each later year."""
    kind = change.kind
    part = TimezoneDaylight() if kind.is_daylight else TimezoneStandard()
    part.add("dtstart", change.begins)
    part.add("tzoffsetfrom", kind.before)
    part.add("tzoffsetto", kind.after)
    part.add("tzname", kind.name)
    if rule:
        part.add("rrule", rule)
    return part


def steady(zone: ZoneInfo, year: int) -> TimezoneStandard | TimezoneDaylight:
    """Return what holds at the beginning of ``year``, where no change before the first moment says it."""
    offset, name, _is_daylight = state_at(zone, datetime(year, 1, 1, 12, tzinfo=UTC))
    at = datetime(year, 1, 1)  # noqa: DTZ001 a wall time: the offset stands beside it
    return observance(Change(at, Kind(at.time(), offset, offset, name, is_daylight=False)))
