"""Arithmetic on half-open intervals of instants, always compared in UTC (docs/rules.md 13.9)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import NamedTuple

Pairs = list[list[str]]  # as JSON keeps intervals: ISO moments in UTC


class Interval(NamedTuple):
    """The instants from ``start`` up to, not including, ``end``; both aware."""

    start: datetime
    end: datetime


def in_utc(interval: tuple[datetime, datetime]) -> Interval:
    """Return ``interval`` on the UTC clock, so that a change of the wall clock adds or takes no hour."""
    start, end = interval
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("An interval needs instants with a time zone.")
    return Interval(start.astimezone(UTC), end.astimezone(UTC))


def union(intervals: Iterable[tuple[datetime, datetime]]) -> list[Interval]:
    """Return the same instants as disjoint intervals in order; empty and backward ones vanish."""
    merged: list[Interval] = []
    for start, end in sorted(in_utc(interval) for interval in intervals):
        if end <= start:
            continue
        if merged and start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Interval(start, end))
    return merged


def clip(intervals: Iterable[tuple[datetime, datetime]], window: tuple[datetime, datetime]) -> list[Interval]:
    """Return the instants of ``intervals`` that lie inside ``window``."""
    opens, closes = in_utc(window)
    return union((max(start, opens), min(end, closes)) for start, end in union(intervals))


def subtract(
    intervals: Iterable[tuple[datetime, datetime]], taken: Iterable[tuple[datetime, datetime]]
) -> list[Interval]:
    """Return the instants of ``intervals`` that are in none of ``taken``."""
    left = union(intervals)
    for start, end in union(taken):
        left = union(
            piece
            for kept in left
            for piece in ((kept.start, min(kept.end, start)), (max(kept.start, end), kept.end))
        )
    return left


def duration(intervals: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Return how long the union of ``intervals`` lasts."""
    return sum((end - start for start, end in union(intervals)), timedelta())


def first_minutes(intervals: Iterable[tuple[datetime, datetime]], number: Fraction) -> list[Interval]:
    """Return the earliest instants of ``intervals`` that make ``number`` minutes, or all of fewer."""
    left, found = timedelta(microseconds=ceil(number * 60_000_000)), []
    for start, end in union(intervals):
        found.append(Interval(start, min(end, start + left)))
        left -= min(end - start, left)
    return union(found)


def gaps(pieces: list[Interval]) -> list[Interval]:
    """Return what lies between disjoint ``pieces`` in order."""
    return [Interval(one.end, other.start) for one, other in pairwise(pieces)]


def as_pairs(intervals: Iterable[tuple[datetime, datetime]]) -> Pairs:
    """Return the union of ``intervals`` as JSON keeps it."""
    return [[start.isoformat(), end.isoformat()] for start, end in union(intervals)]


def from_pairs(pairs: Pairs) -> list[Interval]:
    """Return intervals as `as_pairs` wrote them."""
    return [Interval(*map(datetime.fromisoformat, pair)) for pair in pairs]
