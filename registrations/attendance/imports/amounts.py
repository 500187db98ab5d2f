"""How many seconds somebody was inside of a window: a figure where the lines know, else a range.

Layouts with first, last and total give no visits: with ``outside`` seconds of first to last outside of the
window and ``inside`` in it, somebody was there for `max(0, total - outside)` to `min(total, inside)`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from registrations.attendance.imports.instants import Span
from registrations.attendance.imports.lines import Doubt, Line

Seconds = tuple[int, int]
EVER, NEVER = -(2**40), 2**40
OPEN_START = (Doubt.CAME_BEFORE, Doubt.BEFORE_AND_NO_LEFT)
OPEN_END = (Doubt.NO_LEFT, Doubt.SECOND_DEVICE, Doubt.BEFORE_AND_NO_LEFT)


class Amount(NamedTuple):
    """Spans, and the least and the most seconds inside of the window; ``review`` says why they differ."""

    spans: list[Seconds]
    low: int | None
    high: int | None
    review: str


@dataclass(slots=True)
class Pieces:
    """What lines add up to: spans that are certain, that are possible, and sums with their first and last."""

    sure: list[Seconds] = field(default_factory=list)
    possible: list[Seconds] = field(default_factory=list)
    sums: list[tuple[Seconds, int, Doubt]] = field(default_factory=list)
    totals: list[int | None] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def merged(spans: Sequence[Seconds]) -> list[Seconds]:
    """Return the union of spans in order; backward and empty ones vanish."""
    union: list[Seconds] = []
    until = EVER - 1
    for start, end in sorted(spans) if len(spans) > 1 else spans:
        if end <= start:
            continue
        if start > until:
            union.append((start, end))
            until = end
        elif end > until:
            union[-1] = union[-1][0], end
            until = end
    return union


def clipped(spans: Iterable[Seconds], window: Seconds) -> list[Seconds]:
    """Return what of disjoint spans lies inside of a window."""
    opens, closes = window
    return [(max(start, opens), min(end, closes)) for start, end in spans if start < closes and end > opens]


def inside(spans: Iterable[Seconds], window: Seconds) -> int:
    """Return the seconds of disjoint spans inside of a window."""
    opens, closes = window
    total = 0
    for start, end in spans:
        if start < closes and end > opens:
            total += (end if end < closes else closes) - (start if start > opens else opens)
    return total


def amount_of(pairs: Sequence[tuple[Line, Span]], window: Seconds) -> Amount:
    """Return how long the lines of one person, each with its moments, last inside of the window."""
    sure: list[Seconds] = []
    doubtful: list[tuple[Line, Span]] = []
    for line, span in pairs:
        if line.waiting:
            continue
        if line.doubt:
            doubtful.append((line, span))
        elif None not in span:
            sure.append(cast(Seconds, span))
    union = merged(sure)
    if not doubtful:
        known = inside(union, window)
        return Amount(union, known, known, "")
    pieces = Pieces(sure)
    for line, span in {_said(line): (line, span) for line, span in doubtful}.values():
        _add(pieces, line, span)
    return _range(pieces, merged(pieces.sure), window)


def _said(line: Line) -> tuple[object, ...]:
    """Return what a line says of time: two that say the same are one."""
    return line.joined, line.left, line.total, line.doubt


def _add(pieces: Pieces, line: Line, span: Span) -> None:
    """Add a line with a doubt to the pieces."""
    start, end = span
    total = line.total
    if (
        line.doubt in (Doubt.AWAY, Doubt.DEVICES)
        and start is not None
        and end is not None
        and total is not None
    ):
        if _is_whole(start, end, total, line.doubt):
            pieces.sure.append((start, end))
            return
        pieces.sums.append(((start, end), total, line.doubt))
    elif line.doubt in (Doubt.NO_TIMES, Doubt.LEFT_FIRST):
        pieces.totals.append(total)
    else:
        if start is not None and end is not None:
            pieces.sure.append((start, end))
        first = EVER if line.doubt in OPEN_START or start is None else start
        last = NEVER if line.doubt in OPEN_END or end is None else end
        pieces.possible.append((first, last))
    pieces.doubts.append(line.doubt)


def _is_whole(start: int, end: int, total: int, doubt: Doubt) -> bool:
    """Say whether a total leaves no time away: it is as long as first to last, within how exact both are."""
    exact = 1 if start % 60 or end % 60 else 60
    apart = end - start - total
    return apart <= exact if doubt is Doubt.AWAY else abs(apart) <= exact


def _range(pieces: Pieces, sure: list[Seconds], window: Seconds) -> Amount:
    whole = window[1] - window[0]
    low = inside(sure, window)
    high = inside(merged([*pieces.sure, *pieces.possible]), window)
    is_known = bool(sure) or bool(pieces.possible)
    for envelope, total, doubt in pieces.sums:
        least, most = _bounds(envelope, total, doubt, window)
        is_known = is_known or least is not None
        low = max(low, least or 0)
        high += most
    for said in pieces.totals:
        high += whole if said is None else said
        is_known = is_known or said == 0
    high = min(high, whole)
    spans = merged([*sure, *(envelope for envelope, _total, _doubt in pieces.sums)])
    review = _worst(pieces)
    if low == high and inside(spans, window) == low:
        review = Doubt.NONE
    return Amount(spans, low if is_known else None, high, str(review))


def _bounds(envelope: Seconds, total: int, doubt: Doubt, window: Seconds) -> tuple[int | None, int]:
    """Return the least and the most seconds inside, of which first, last and a total are known."""
    within = inside([envelope], window)
    outside = envelope[1] - envelope[0] - within
    least = 0 if not within else None if doubt is Doubt.DEVICES else max(0, total - outside)
    return least, min(total, within)


def _worst(pieces: Pieces) -> Doubt:
    """Return the doubt that leaves most open."""
    return max(pieces.doubts, key=list(Doubt).index, default=Doubt.NONE)
