"""Lines of one or several reports of a meeting into visits: who was there, when, and what is not known."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from registrations.attendance.imports.amounts import Seconds, amount_of
from registrations.attendance.imports.instants import HOUR, Span, ToUtc, instant, interval, on_the_wall
from registrations.attendance.imports.lines import Kind, Line
from registrations.attendance.imports.names import bare_name, key_name
from registrations.attendance.imports.report import Report
from registrations.credit.domain.intervals import Interval
from stemnet.plain_names import plain_name

SHIFTS = sorted(range(-14, 15), key=abs)
BETTER = 1.15  # times as many seconds inside the window before a shift is worth asking about
Window = tuple[datetime, datetime]


class Visitor(NamedTuple):
    """One person, or one telephone, room or device, of the reports of a meeting.

    ``key`` is the same whenever the same report is read again. ``seconds`` are what the file says, as a union
    in UTC, not clipped; with a ``review`` they are what is certain, or first and last where gaps are known as
    a sum alone. ``low`` and ``high`` are seconds inside the window, equal where the file knows; None has no
    bound.
    ``names`` are those by which one can look for the person, without what tools write behind them.
    """

    key: str
    name: str
    address: str
    kind: Kind
    seconds: tuple[Seconds, ...]
    low: int | None
    high: int | None
    review: str
    names: tuple[str, ...]

    @property
    def spans(self) -> tuple[Interval, ...]:
        """Return ``seconds`` as instants."""
        return tuple(map(interval, self.seconds))


def visitors(reports: Sequence[Report], *, window: Window, zone: tzinfo, shift: int = 0) -> list[Visitor]:
    """Return who was there, sorted by name; ``zone`` is that of the files where they don't say UTC.

    ``shift`` are whole hours by which the times of the files are late, to be taken off.
    """
    opens, closes = (int(moment.timestamp()) for moment in window)
    to_utc = ToUtc(zone, shift)
    groups: dict[str, list[tuple[Line, Span]]] = {}
    for report in reports:
        spans, is_utc = spans_of(report, to_utc), report.is_utc
        for one in zip(report.lines, spans, strict=True):
            key = one[0].address or key_of(one[0], is_utc=is_utc)
            if key in groups:
                groups[key].append(one)
            else:
                groups[key] = [one]
    found = [_visitor(key, pairs, (opens, closes)) for key, pairs in groups.items()]
    found.sort(key=lambda visitor: (plain_name(visitor.name), visitor.key))
    return found


def spans_of(report: Report, to_utc: ToUtc) -> list[Span]:
    """Return for each line of a report when it begins and ends, in UTC."""
    joined, left = [line.joined for line in report.lines], [line.left for line in report.lines]
    if not report.is_utc:
        joined, left = to_utc.column(joined), to_utc.column(left)
    return list(zip(joined, left, strict=True))


def key_of(line: Line, *, is_utc: bool) -> str:
    """Return by what lines without an address are of the same: a name, else they stand alone."""
    if line.kind is Kind.PERSON:
        return f"name:{key_name(line.name, line.original_name)}"
    name = plain_name(bare_name(line.name))
    if line.kind in (Kind.DEVICE, Kind.NAMELESS) or "*" in line.name:
        return f"{line.kind}:{name}@{_moment_words(line, is_utc=is_utc)}"
    return f"{line.kind}:{name}"


def _moment_words(line: Line, *, is_utc: bool) -> str:
    """Return what tells a line without a name from others: its moment, else its total."""
    if line.joined:
        return (instant(line.joined) if is_utc else on_the_wall(line.joined)).isoformat()
    return str(None if line.total is None else timedelta(seconds=line.total))


def _visitor(key: str, pairs: list[tuple[Line, Span]], window: Seconds) -> Visitor:
    spans, low, high, review = amount_of(pairs, window)
    first = pairs[0][0]
    if len(pairs) == 1 or not _differ(pairs):
        names = _names([first])
    else:
        lines = sorted([line for line, _span in pairs], key=_order)
        first = next((line for line in lines if line.kind is Kind.PERSON), lines[0])
        names = _names(lines)
    key = f"mail:{key}" if first.address else key
    return Visitor(key, first.name, first.address, first.kind, tuple(spans), low, high, review, names)


def _differ(pairs: Sequence[tuple[Line, Span]]) -> bool:
    """Say whether lines have several names."""
    name, original = pairs[0][0].name, pairs[0][0].original_name
    return any(line.name != name or line.original_name != original for line, _span in pairs[1:])


def _order(line: Line) -> tuple[int, str, str]:
    return line.joined or line.left or 0, line.name, line.original_name


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
    to_utc = ToUtc(zone)
    spans = [span for one in reports if not one.is_utc for span in _known_spans(one, to_utc)]
    opens, closes = (int(moment.timestamp()) for moment in window)
    now = _inside(spans, (opens, closes))
    if now * BETTER >= sum([end - start for start, end in spans if end > start]):
        return 0  # nearly all is inside, and nothing can fit better

    def inside(shift: int) -> int:
        return _inside(spans, (opens + shift * HOUR, closes + shift * HOUR))

    best = max(SHIFTS, key=inside)
    return best if inside(best) > now * BETTER else 0


def _known_spans(report: Report, to_utc: ToUtc) -> Iterator[Seconds]:
    """Give the visits of a report, without those of its waiting room."""
    for line, (start, end) in zip(report.lines, spans_of(report, to_utc), strict=True):
        if start is not None and end is not None and not line.waiting:
            yield start, end


def _inside(spans: Sequence[tuple[int, int]], window: tuple[int, int]) -> int:
    """Return the seconds of spans, which may overlap, inside of a window."""
    opens, closes = window
    total = 0
    for start, end in spans:
        first, last = start if start > opens else opens, end if end < closes else closes
        if last > first:
            total += last - first
    return total
