"""Credit counted slowly, from docs/rules.md 2.5 and 6.6 alone, by somebody who had not read the code.

Time is a set of ticks of ten seconds, and rounding walks up the marks of a ruler. Nothing of the arithmetic
of `registrations.credit.domain` is used: of a rule and a session only the columns are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

Span = tuple[datetime, datetime]
Ticks = frozenset[int]
Parts = tuple[tuple[str, int], ...]
TICK = 10  # seconds
NONE = Fraction(0)
NEVER: Ticks = frozenset()
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def tick_of(moment: datetime) -> int:
    """Return the number of the tick that begins at ``moment``, which has to be on one."""
    seconds = (moment - BEGINNING).total_seconds()
    assert seconds % TICK == 0, f"The oracle knows no {moment}."
    return int(seconds) // TICK


def ticks(spans: Iterable[Span]) -> Ticks:
    """Return every tick of ``spans``: one that two of them have is there once, a backward span has none."""
    return frozenset(tick for start, end in spans for tick in range(tick_of(start), tick_of(end)))


def minutes_of(some: Ticks) -> Fraction:
    """Return how many minutes these ticks are."""
    return Fraction(len(some) * TICK, 60)


def cut(value: Fraction, step: Fraction) -> Fraction:
    """Return the last mark of the ruler that is not above ``value``; a step of 0 rounds nothing."""
    mark = NONE
    while step and mark + step <= value:
        mark += step
    return mark if step else value


def nearest(value: Fraction, step: Fraction) -> Fraction:
    """Return the mark that is closest to ``value``, the upper one of two as close."""
    below = cut(value, step)
    above = below + step
    return above if above - value <= value - below else below


def rounded(value: Fraction, step: Fraction, way: str) -> Fraction:
    """Return ``value`` as its rule rounds it."""
    return {"down": cut, "nearest": nearest}[way](value, step)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What one meeting gives one person, in minutes, and the ticks of the day that it used up."""

    scheduled: Fraction
    attended: Fraction
    counted: Fraction
    other_topic: Fraction
    rounded_up: Fraction
    made_up: Fraction
    used: Ticks
    presenting: bool = False
    categories: Parts = (("", 1),)


def is_refused(session: Any, rule: Any, *, presenting: bool) -> bool:
    """Return whether a meeting gives nothing, however long somebody was there."""
    group_without = session.group is not None and not rule.include_working_groups
    return not session.counts or group_without or (presenting and rule.presenter_multiplier == 0)


def is_on_another_topic(session: Any) -> bool:
    """Return whether its hours stand beside those of the network, and give no points."""
    return session.group is not None and not session.same_topic


def given(attended: Fraction, whole: Fraction, rule: Any) -> tuple[Fraction, Fraction]:
    """Return what counts of a meeting by grace, least share and rounding, and what only rounding added."""
    if attended == 0:
        return NONE, NONE
    if whole - attended <= rule.session_grace_min:
        return whole, NONE
    if attended * 100 < whole * rule.session_min_percent_for_any_credit:
        return NONE, NONE
    counts = min(whole, rounded(attended, Fraction(rule.session_increment_min), rule.session_rounding))
    return counts, max(NONE, counts - attended)


def used_up(seen: Ticks, room: Ticks, beyond: Fraction) -> Ticks:
    """Return the ticks that a meeting uses up: those seen, and the first of what was forgiven or added."""
    return seen | frozenset(sorted(room - seen)[: int(beyond * 60 / TICK)])


def count(
    session: Any,
    seen: Ticks,
    rule: Any,
    *,
    presenting: bool = False,
    elsewhere: Ticks = NEVER,
    made_up: int = 0,
) -> Counted:
    """Return what one meeting gives; ``elsewhere`` are ticks that another meeting has used up."""
    planned = ticks([session.window]) - (NEVER if rule.count_breaks else ticks(session.breaks))
    whole, there, room = minutes_of(planned), seen & planned, planned - elsewhere
    made = min(Fraction(made_up), whole - minutes_of(there))
    has = minutes_of(there & room) + made
    counts, added = NONE, NONE
    if not is_refused(session, rule, presenting=presenting):
        counts, added = given(has, max(minutes_of(room), has), rule)
    beside = is_on_another_topic(session)
    return Counted(
        scheduled=whole,
        attended=minutes_of(there) + made,
        counted=NONE if beside else counts,
        other_topic=counts if beside else NONE,
        rounded_up=NONE if beside else added,
        made_up=made,
        used=used_up(there, room, max(NONE, counts - has)) if counts else NEVER,
        presenting=presenting,
    )


def shares(whole: Fraction, parts: Parts) -> dict[str, Fraction]:
    """Return what each category has of ``whole``.

    Minute after minute goes to the one that lacks most, the first of equals."""
    planned = sum(length for _code, length in parts)
    lacks = [whole * length / planned for _code, length in parts]
    has = [NONE for _part in parts]
    left = whole
    while left:
        minute = min(left, Fraction(1))
        place = lacks.index(max(lacks))
        has[place] += minute
        lacks[place] -= minute
        left -= minute
    found: dict[str, Fraction] = {}
    for (code, _length), number in zip(parts, has, strict=True):
        found[code] = found.get(code, NONE) + number
    return found


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What all meetings give together."""

    attended: Fraction
    counted: Fraction
    presented: Fraction
    sure: Fraction
    units: Fraction
    below_minimum: bool
    missing: Fraction
    by_category: dict[str, Fraction]


def points(participated: Fraction, presented: Fraction, rule: Any) -> Fraction:
    """Return the exact units of a participant's minutes, and of a presenter's with their own cap."""
    each = Fraction(rule.multiplier) / rule.minutes_per_unit
    for_presenting: Fraction = presented * each * Fraction(rule.presenter_multiplier)
    if rule.presenter_cap is not None:
        for_presenting = min(for_presenting, Fraction(rule.presenter_cap))
    units: Fraction = participated * each + for_presenting
    return units


def missing_minutes(sure: Fraction, sure_points: Fraction, rule: Any) -> Fraction:
    """Return how many more minutes of a participant reach the minimum, which is tested on exact figures."""
    if rule.minimum_basis == "contact_hours":
        return max(NONE, Fraction(rule.minimum) * 60 - sure)
    lacking = max(NONE, Fraction(rule.minimum) - sure_points)
    missing: Fraction = lacking * rule.minutes_per_unit / Fraction(rule.multiplier)
    return missing


def units(exact: Fraction, missing: Fraction, rule: Any) -> Fraction:
    """Return the units: none below the minimum, rounded once, and never above the cap."""
    if missing:
        return NONE
    step = Fraction(rule.total_increment)
    if rule.cap is None:
        return rounded(exact, step, rule.total_rounding)
    cap = Fraction(rule.cap)
    return min(cut(cap, step), rounded(min(exact, cap), step, rule.total_rounding))


def add_up(credits: Sequence[Counted], rule: Any) -> Sum:
    """Return the total of one person's meetings."""
    counted = sum((one.counted for one in credits), NONE)
    presented = sum((one.counted for one in credits if one.presenting), NONE)
    sure = sum((one.counted - one.rounded_up for one in credits), NONE)
    sure_presented = sum((one.counted - one.rounded_up for one in credits if one.presenting), NONE)
    missing = missing_minutes(sure, points(sure - sure_presented, sure_presented, rule), rule)
    by_category: dict[str, Fraction] = {}
    for one in credits if rule.hours_by_category else []:
        for code, number in shares(one.counted, one.categories).items():
            by_category[code] = by_category.get(code, NONE) + number
    return Sum(
        attended=sum((one.attended for one in credits), NONE),
        counted=counted,
        presented=presented,
        sure=sure,
        units=units(points(counted - presented, presented, rule), missing, rule),
        below_minimum=missing > 0,
        missing=missing,
        by_category=by_category,
    )
