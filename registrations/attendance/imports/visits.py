"""Lines of one or several reports of a meeting into visits: who was there, when, and what is not known."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from registrations.attendance.imports.amounts import amount_of
from registrations.attendance.imports.lines import Kind, Line
from registrations.attendance.imports.names import bare_name, key_name
from registrations.attendance.imports.report import Report
from registrations.credit.domain.intervals import Interval
from stemnet.plain_names import plain_name

HOUR = 3600
SHIFTS = sorted(range(-14, 15), key=abs)
BETTER = 1.15  # times as many seconds inside the window before a shift is worth asking about
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - of the wall clock
BEGIN = EPOCH.replace(tzinfo=UTC)
Window = tuple[datetime, datetime]


class Visitor(NamedTuple):
    """One person, or one telephone, room or device, of the reports of a meeting.

    ``key`` is the same whenever the same report is read again. ``spans`` are what the file says, as a union
    in UTC, not clipped; with a ``review`` they are what is certain, or first and last where gaps are known as
    a sum alone. ``low`` and ``high`` are seconds inside the window, equal where the file knows; None has no
    bound.
    ``names`` are those by which one can look for the person, without what tools write behind them.
    """

    key: str
    name: str
    address: str
    kind: Kind
    spans: tuple[Interval, ...]
    low: int | None
    high: int | None
    review: str
    names: tuple[str, ...]


def visitors(reports: Sequence[Report], *, window: Window, zone: tzinfo, shift: int = 0) -> list[Visitor]:
    """Return who was there, sorted by name; ``zone`` is that of the files where they don't say UTC.

    ``shift`` are whole hours by which the times of the files are late, to be taken off.
    """
    opens, closes = (int(moment.timestamp()) for moment in window)
    to_seconds = ToSeconds(zone, shift)
    groups: dict[str, list[Line]] = {}
    for report in reports:
        for line in report.lines:
            key = key_of(line)
            if key in groups:
                groups[key].append(line)
            else:
                groups[key] = [line]
    found = [_visitor(key, lines, (opens, closes), to_seconds) for key, lines in groups.items()]
    found.sort(key=lambda visitor: (plain_name(visitor.name), visitor.key))
    return found


class ToSeconds:
    """Turns moments of a file into seconds since 1970 in UTC; asks the zone once a day."""

    def __init__(self, zone: tzinfo, shift: int = 0) -> None:
        self.zone, self.late = zone, shift * HOUR
        self._begins: dict[int, int] = {}  # of days since 1970, in seconds of UTC

    def __call__(self, moment: datetime) -> int:
        """Return the seconds of one moment; an aware one is what it says."""
        if moment.tzinfo is not None:
            return int(moment.timestamp())
        past = moment - EPOCH
        try:
            return self._begins[past.days] + past.seconds
        except KeyError:
            return self._asked(moment)

    def _asked(self, moment: datetime) -> int:
        """Return the seconds of a moment on a day that is new, or on which the clock changes."""
        past, offset = moment - EPOCH, self._offset(moment)
        if offset is None:
            return int(moment.replace(tzinfo=self.zone).timestamp()) - self.late
        self._begins[past.days] = past.days * 86_400 - offset - self.late
        return self._begins[past.days] + past.seconds

    def _offset(self, moment: datetime) -> int | None:
        """Return the seconds that a day is ahead of UTC; None where that changes within the day."""
        begin = datetime(moment.year, moment.month, moment.day, tzinfo=self.zone)
        first, last = begin.utcoffset(), (begin + timedelta(days=1)).utcoffset()
        return int(first.total_seconds()) if first is not None and first == last else None


def key_of(line: Line) -> str:
    """Return by what lines are of the same: an address, else a name; what has neither stands alone."""
    if line.address:
        return f"mail:{line.address}"
    if line.kind is Kind.PERSON:
        return f"name:{key_name(line.name, line.original_name)}"
    name = plain_name(bare_name(line.name))
    if line.kind in (Kind.DEVICE, Kind.NAMELESS) or "*" in line.name:
        return f"{line.kind}:{name}@{line.joined.isoformat() if line.joined else line.total}"
    return f"{line.kind}:{name}"


def _visitor(key: str, lines: list[Line], window: tuple[int, int], to_seconds: ToSeconds) -> Visitor:
    first = lines[0]
    if all(line.name == first.name and line.original_name == first.original_name for line in lines):
        names = _names([first])
    else:
        lines = sorted(lines, key=_order)
        first = next((line for line in lines if line.kind is Kind.PERSON), lines[0])
        names = _names(lines)
    amount = amount_of(lines, window, to_seconds)
    spans = tuple([_interval(start, end) for start, end in amount.spans])
    return Visitor(
        key, first.name, first.address, first.kind, spans, amount.low, amount.high, amount.review, names
    )


def _order(line: Line) -> tuple[datetime, str, str]:
    start = line.joined or line.left or EPOCH
    return start.replace(tzinfo=None), line.name, line.original_name


def _interval(start: int, end: int) -> Interval:
    return Interval(BEGIN + timedelta(0, start), BEGIN + timedelta(0, end))


def _names(lines: Sequence[Line]) -> tuple[str, ...]:
    if len(lines) == 1 and not lines[0].original_name:
        return (bare_name(lines[0].name),)
    names: dict[str, None] = {}
    for line in lines:
        names[bare_name(line.name)] = None
        if line.original_name:
            names[bare_name(line.original_name)] = None
    return tuple(names)


def likely_shift(reports: Sequence[Report], *, window: Window, zone: tzinfo) -> int:
    """Return by how many whole hours the times seem late, early below 0, to fill the window; 0 is fine.

    Only times without a zone of their own are asked about. Another hour has to fit clearly better.
    """
    to_seconds = ToSeconds(zone)
    spans = [
        (to_seconds(line.joined), to_seconds(line.left))
        for report in reports
        for line in report.lines
        if line.joined and line.left and line.joined.tzinfo is None and not line.waiting
    ]
    opens, closes = (int(moment.timestamp()) for moment in window)

    def inside(shift: int) -> int:
        late = shift * HOUR
        return sum(max(0, min(end - late, closes) - max(start - late, opens)) for start, end in spans)

    now = inside(0)
    if now * BETTER >= sum(max(0, end - start) for start, end in spans):
        return 0  # nearly all is inside, and nothing can fit better
    best = max(SHIFTS, key=inside)
    return best if inside(best) > now * BETTER else 0
