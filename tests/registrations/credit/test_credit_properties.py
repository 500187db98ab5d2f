"""What holds for every attendance (docs/rules.md 2.5), asked by hypothesis."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registrations.credit.domain.credits import Rule, attended_minutes, count_meeting, counted_minutes, total
from registrations.credit.domain.intervals import clip, duration, subtract, union

OPENS = datetime(2020, 10, 14, 13, tzinfo=UTC)
seconds = st.integers(min_value=-7200, max_value=28800)
spans = st.tuples(seconds, seconds).map(
    lambda pair: (OPENS + timedelta(seconds=pair[0]), OPENS + timedelta(seconds=pair[1]))
)
attendances = st.lists(spans, max_size=8)
lengths = st.integers(min_value=1, max_value=480)
rules = st.builds(
    Rule,
    session_grace_min=st.integers(0, 30),
    session_min_percent_for_any_credit=st.integers(0, 100),
    session_increment_min=st.sampled_from([0, 1, 5, 15, 30]),
    total_increment=st.sampled_from([Decimal("0.1"), Decimal("0.25"), Decimal("0.5"), Decimal(1)]),
    multiplier=st.sampled_from([Decimal(1), Decimal("1.5")]),
    minimum=st.sampled_from([Decimal(0), Decimal(10)]),
)


def window(minutes: int) -> tuple[datetime, datetime]:
    return OPENS, OPENS + timedelta(minutes=minutes)


@given(attendances, lengths, rules)
def test_never_more_than_scheduled(intervals, length, rule):
    credit = count_meeting(intervals, window(length), rule)
    assert 0 <= credit.minutes_counted <= length
    assert 0 <= credit.minutes_attended <= length


@given(attendances, spans, lengths, rules)
def test_more_time_never_counts_less(intervals, extra, length, rule):
    before = count_meeting(intervals, window(length), rule)
    after = count_meeting([*intervals, extra], window(length), rule)
    assert before.minutes_attended <= after.minutes_attended
    assert before.minutes_counted <= after.minutes_counted


@given(attendances, lengths, rules)
def test_the_same_time_seen_twice_counts_once(intervals, length, rule):
    assert count_meeting(intervals * 2, window(length), rule) == count_meeting(
        intervals, window(length), rule
    )


@given(attendances, lengths)
def test_attended_is_the_union_second_by_second(intervals, length):
    opens, closes = window(length)
    covered = set()
    for start, end in clip(intervals, (opens, closes)):
        covered |= set(range(int((start - OPENS).total_seconds()), int((end - OPENS).total_seconds())))
    assert attended_minutes(intervals, (opens, closes)) == Fraction(len(covered), 60)


@given(attendances)
def test_a_union_is_sorted_and_disjoint(intervals):
    merged = union(intervals)
    assert all(left.end < right.start for left, right in pairwise(merged))
    assert union(merged) == merged


@given(attendances, attendances)
def test_what_is_taken_and_what_is_left_make_the_whole(intervals, taken):
    left = subtract(intervals, taken)
    shared = duration(intervals) - duration(left)
    assert duration([*intervals, *taken]) == duration(taken) + duration(left)
    assert shared >= timedelta()


@given(st.lists(st.tuples(attendances, lengths), max_size=8), rules)
def test_exactly_two_roundings_and_both_down(meetings, rule):
    credits = [count_meeting(intervals, window(length), rule) for intervals, length in meetings]
    summed = total(credits, rule)
    by_hand = sum(
        (
            counted_minutes(attended_minutes(intervals, window(length)), Fraction(length), rule)[0]
            for intervals, length in meetings
        ),
        Fraction(0),
    )
    assert summed.minutes_counted == by_hand
    exact = by_hand / 60 * Fraction(rule.multiplier)
    if not summed.below_minimum:
        assert Fraction(summed.units) <= exact < Fraction(summed.units) + Fraction(rule.total_increment)


@given(st.lists(st.tuples(attendances, lengths), max_size=8), rules)
def test_nobody_is_rounded_up_across_the_minimum(meetings, rule):
    credits = [count_meeting(intervals, window(length), rule) for intervals, length in meetings]
    summed = total(credits, rule)
    assert summed.below_minimum == (sum(c.minutes_counted for c in credits) < Fraction(rule.minimum) * 60)
    assert not (summed.below_minimum and summed.units)
