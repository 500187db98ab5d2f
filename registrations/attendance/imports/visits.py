"""Lines of one or several reports of a meeting into visits: who was there, when, and what is not known."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple, cast

from registrations.attendance.imports.amounts import amount_of
from registrations.attendance.imports.instants import EPOCH, HOUR, Span, ToSeconds, interval
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
    groups: dict[str, tuple[list[Line], list[Span]]] = {}
    for report in reports:
        for line, span in zip(report.lines, spans_of(report.lines, to_seconds), strict=True):
            key = f"mail:{line.address}" if line.address else key_of(line)
            if key in groups:
                lines, spans = groups[key]
                lines.append(line)
                spans.append(span)
            else:
                groups[key] = [line], [span]
    found = [_visitor(key, lines, spans, (opens, closes)) for key, (lines, spans) in groups.items()]
    found.sort(key=lambda visitor: (plain_name(visitor.name), visitor.key))
    return found


def spans_of(lines: Sequence[Line], to_seconds: ToSeconds) -> list[Span]:
    """Return for each line when it begins and ends, in seconds."""
    joined = to_seconds.column([line.joined for line in lines])
    left = to_seconds.column([line.left for line in lines])
    return list(zip(joined, left, strict=True))


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


def _visitor(key: str, lines: list[Line], spans: list[Span], window: tuple[int, int]) -> Visitor:
    amount = amount_of(lines, spans, window)
    first = lines[0]
    if len(lines) == 1 or not _differ(lines):
        names = _names([first])
    else:
        lines = sorted(lines, key=_order)
        first = next((line for line in lines if line.kind is Kind.PERSON), lines[0])
        names = _names(lines)
    there = tuple(map(interval, amount.spans))
    return Visitor(
        key, first.name, first.address, first.kind, there, amount.low, amount.high, amount.review, names
    )


def _differ(lines: Sequence[Line]) -> bool:
    """Say whether lines have several names."""
    return len({(line.name, line.original_name) for line in lines}) > 1


def _order(line: Line) -> tuple[datetime, str, str]:
    start = line.joined or line.left or EPOCH
    return start.replace(tzinfo=None), line.name, line.original_name


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
    lines = [line for report in reports for line in report.lines if line.joined and line.left]
    lines = [line for line in lines if not line.waiting and line.joined and line.joined.tzinfo is None]
    spans = cast(list[tuple[int, int]], spans_of(lines, ToSeconds(zone)))
    opens, closes = (int(moment.timestamp()) for moment in window)
    now = _inside(spans, (opens, closes))
    if now * BETTER >= sum([end - start for start, end in spans if end > start]):
        return 0  # nearly all is inside, and nothing can fit better

    def inside(shift: int) -> int:
        return _inside(spans, (opens + shift * HOUR, closes + shift * HOUR))

    best = max(SHIFTS, key=inside)
    return best if inside(best) > now * BETTER else 0


def _inside(spans: Sequence[tuple[int, int]], window: tuple[int, int]) -> int:
    """Return the seconds of spans, which may overlap, inside of a window."""
    opens, closes = window
    total = 0
    for start, end in spans:
        first, last = start if start > opens else opens, end if end < closes else closes
        if last > first:
            total += last - first
    return total
