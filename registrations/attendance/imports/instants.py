"""Moments of a file, on the clock of a wall or in UTC, as seconds since 1970 in UTC, and back."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import cast

from registrations.credit.domain.intervals import Interval

HOUR, DAY = 3600, 86_400
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - of the wall clock
Span = tuple[int | None, int | None]


class ToSeconds:
    """Turns columns of moments into seconds; asks the zone once a day."""

    def __init__(self, zone: tzinfo, shift: int = 0) -> None:
        self.zone, self.late = zone, shift * HOUR
        self._begins: dict[int, int] = {}  # of days since 1970, in seconds of UTC

    def column(self, moments: Iterable[datetime | None]) -> list[int | None]:
        """Return the seconds of each moment; an aware one is what it says."""
        moments, begins = list(moments), self._begins
        try:  # all on the clock of a wall, and on days that are known
            past = [moment - EPOCH for moment in cast(list[datetime], moments)]
            return [begins[one.days] + one.seconds for one in past]
        except (KeyError, TypeError):
            return list(map(self._one, moments))

    def _one(self, moment: datetime | None) -> int | None:
        if moment is None:
            return None
        if moment.tzinfo is not None:
            return int(moment.timestamp())
        past = moment - EPOCH
        day = past.days
        return self._begins[day] + past.seconds if day in self._begins else self._asked(moment)

    def _asked(self, moment: datetime) -> int:
        """Return the seconds of a moment on a day that is new, or on which the clock changes."""
        past, offset = moment - EPOCH, self._offset(moment)
        if offset is None:
            return int(moment.replace(tzinfo=self.zone).timestamp()) - self.late
        self._begins[past.days] = past.days * DAY - offset - self.late
        return self._begins[past.days] + past.seconds

    def _offset(self, moment: datetime) -> int | None:
        """Return the seconds that a day is ahead of UTC; None where that changes within the day."""
        begin = datetime(moment.year, moment.month, moment.day, tzinfo=self.zone)
        first, last = begin.utcoffset(), (begin + timedelta(days=1)).utcoffset()
        return int(first.total_seconds()) if first is not None and first == last else None


def interval(span: tuple[int, int]) -> Interval:
    """Return seconds as instants in UTC."""
    return Interval(datetime.fromtimestamp(span[0], UTC), datetime.fromtimestamp(span[1], UTC))
