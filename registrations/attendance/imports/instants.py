"""Moments of a file: whole seconds since 1970, on the clock of a wall or in UTC; their days and instants."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import cast

from registrations.credit.domain.intervals import Interval

MINUTE, HOUR, DAY = 60, 3600, 86_400
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - of the wall clock
FIRST_DAY = EPOCH.toordinal()
Span = tuple[int | None, int | None]


def seconds_of(on: date, clock: time) -> int:
    """Return a moment of a day in seconds."""
    past = clock.hour * HOUR + clock.minute * MINUTE + clock.second
    return (on.toordinal() - FIRST_DAY) * DAY + past


def day_of(moment: int) -> date:
    """Return the day of a moment."""
    return date.fromordinal(FIRST_DAY + moment // DAY)


def on_the_wall(moment: int) -> datetime:
    """Return a moment as a clock shows it, without its zone."""
    return EPOCH + timedelta(seconds=moment)


def instant(moment: int) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromtimestamp(moment, UTC)


def interval(span: tuple[int, int]) -> Interval:
    """Return seconds as instants in UTC."""
    return Interval(instant(span[0]), instant(span[1]))


class ToUtc:
    """Turns columns of moments on the wall clock of a zone into those of UTC; asks the zone once a day."""

    def __init__(self, zone: tzinfo, shift: int = 0) -> None:
        self.zone, self.late = zone, shift * HOUR
        self._ahead: dict[int, int] = {}  # of days since 1970: what is to be added

    def column(self, moments: Sequence[int | None]) -> list[int | None]:
        """Return each moment in UTC."""
        ahead = self._ahead
        if moments:
            self._one(moments[0])
        try:  # all are known, and on days that are
            return [moment + ahead[moment // DAY] for moment in cast(Sequence[int], moments)]
        except (KeyError, TypeError):
            return list(map(self._one, moments))

    def _one(self, moment: int | None) -> int | None:
        if moment is None:
            return None
        day = moment // DAY
        if day not in self._ahead and not self._asked(day):
            return int(on_the_wall(moment).replace(tzinfo=self.zone).timestamp()) - self.late
        return moment + self._ahead[day]

    def _asked(self, day: int) -> bool:
        """Note how far a day is from UTC; say no where that changes within it."""
        begin = on_the_wall(day * DAY).replace(tzinfo=self.zone)
        first, last = begin.utcoffset(), (begin + timedelta(days=1)).utcoffset()
        if first is None or first != last:
            return False
        self._ahead[day] = -int(first.total_seconds()) - self.late
        return True
