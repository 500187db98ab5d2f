"""What holds for every attendance (docs/rules.md 2.5), asked by hypothesis."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registrations.credit.domain.credits import Rule, Session, count_meeting, minutes, total
from registrations.credit.domain.intervals import clip, duration, subtract, union

OPENS = datetime(2020, 10, 14, 13, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
seconds = st.integers(min_value=-7200, max_value=28800)
spans = st.tuples(seconds, seconds).map(
    lambda pair: (OPENS + timedelta(seconds=pair[0]), OPENS + timedelta(seconds=pair[1]))
)
attendances = st.lists(spans, max_size=8)
rules = st.builds(
    Rule,
    count_breaks=st.booleans(),
    session_grace_min=st.integers(0, 30),
    session_min_percent_for_any_credit=st.integers(0, 100),
    session_increment_min=st.sampled_from([0, 1, 5, 15, 30]),
    total_increment=st.sampled_from([Decimal("0.1"), Decimal("0.25"), Decimal("0.5"), Decimal(1)]),
    multiplier=st.sampled_from([Decimal(1), Decimal("1.5")]),
    minimum=st.sampled_from([Decimal(0), Decimal(10)]),
    minimum_basis=st.sampled_from(["contact_hours", "units"]),
    presenter_multiplier=st.sampled_from([Decimal(0), Decimal(1), Decimal(2)]),
)
breaks = st.lists(
    st.tuples(st.integers(0, 480), st.integers(1, 60)).map(
        lambda pair: (OPENS + pair[0] * MINUTE, OPENS + sum(pair) * MINUTE)
    ),
    max_size=4,
)
sessions = st.builds(
    Session,
    window=st.integers(min_value=1, max_value=480).map(lambda length: (OPENS, OPENS + length * MINUTE)),
    breaks=breaks,
)
presences = st.tuples(sessions, attendances, st.booleans())


def covered(intervals) -> set[int]:
    """The seconds that ``intervals`` cover, one by one."""
    found: set[int] = set()
    for start, end in intervals:
        found |= set(range(int((start - OPENS).total_seconds()), int((end - OPENS).total_seconds())))
    return found


@given(sessions, attendances, rules, st.booleans())
def test_never_more_than_the_clock_had(session, seen, rule, presenting):
    credit = count_meeting(session, seen, rule, presenting=presenting)
    length = (session.window[1] - session.window[0]) / MINUTE
    assert 0 <= credit.minutes_attended <= credit.minutes_scheduled <= length
    assert 0 <= credit.minutes_counted <= credit.minutes_scheduled


@given(sessions, attendances, spans, rules)
def test_more_time_never_counts_less(session, seen, extra, rule):
    before = count_meeting(session, seen, rule)
    after = count_meeting(session, [*seen, extra], rule)
    assert before.minutes_attended <= after.minutes_attended
    assert before.minutes_counted <= after.minutes_counted


@given(sessions, attendances, rules)
def test_the_same_time_seen_twice_counts_once(session, seen, rule):
    assert count_meeting(session, seen * 2, rule) == count_meeting(session, seen, rule)


@given(sessions, attendances, rules)
def test_attended_is_the_union_without_breaks_second_by_second(session, seen, rule):
    inside = covered([session.window]) & covered(seen)
    there = inside if rule.count_breaks else inside - covered(session.breaks)
    assert count_meeting(session, seen, rule).minutes_attended == Fraction(len(there), 60)


@given(sessions, attendances, rules)
def test_breaks_change_nothing_where_they_count(session, seen, rule):
    if rule.count_breaks:
        assert count_meeting(session, seen, rule) == count_meeting(Session(window=session.window), seen, rule)


@given(sessions, attendances, spans, rules)
def test_two_meetings_at_once_never_count_a_minute_twice(session, seen, other, rule):
    elsewhere = clip([other], session.window)
    counted = count_meeting(session, seen, rule, elsewhere=elsewhere).minutes_counted
    assert counted <= minutes(duration(subtract([session.window], elsewhere)))


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


def by_hand(session, seen, rule) -> Fraction:
    """What a participant's seconds count: grace, least part, and the first rounding."""
    pauses = set() if rule.count_breaks else covered(session.breaks)
    window = covered([session.window]) - pauses
    attended, scheduled = len(window & covered(seen)), len(window)
    if not attended or scheduled - attended <= rule.session_grace_min * 60:
        return Fraction(scheduled if attended else 0, 60)
    if attended * 100 < scheduled * rule.session_min_percent_for_any_credit:
        return Fraction(0)
    step = rule.session_increment_min * 60 or 1
    return Fraction(attended // step * step, 60)


@given(st.lists(presences, max_size=8), rules)
def test_exactly_two_roundings_and_both_down(meetings, rule):
    summed = total(
        (count_meeting(session, seen, rule, presenting=presenting) for session, seen, presenting in meetings),
        rule,
    )
    times = Fraction(rule.presenter_multiplier)
    counted = [
        (by_hand(session, seen, rule) if times or not presenting else Fraction(0), presenting)
        for session, seen, presenting in meetings
    ]
    assert summed.minutes_counted == sum(each for each, _presenting in counted)
    weighted = sum(each * (times if presenting else 1) for each, presenting in counted)
    exact = Fraction(weighted) / 60 * Fraction(rule.multiplier)
    if not summed.below_minimum:
        assert Fraction(summed.units) <= exact < Fraction(summed.units) + Fraction(rule.total_increment)


@given(st.lists(presences, max_size=8), rules)
def test_nobody_is_rounded_up_across_the_minimum(meetings, rule):
    credits = [
        count_meeting(session, seen, rule, presenting=presenting) for session, seen, presenting in meetings
    ]
    summed = total(credits, rule)
    assert summed.below_minimum == bool(summed.minutes_missing)
    assert not (summed.below_minimum and summed.units)
    if rule.minimum_basis == "contact_hours":
        counted = sum(credit.minutes_counted for credit in credits)
        assert summed.below_minimum == (counted < Fraction(rule.minimum) * 60)
