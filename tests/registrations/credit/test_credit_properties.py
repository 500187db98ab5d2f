"""What holds for every attendance (docs/rules.md 2.5), asked by hypothesis."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registrations.credit.domain.credits import Rule, Session, count_meeting, minutes
from registrations.credit.domain.intervals import clip, duration, subtract, union
from registrations.credit.domain.summing import total
from stemnet.shares import shared_out

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
    session_rounding=st.sampled_from(["down", "nearest"]),
    total_rounding=st.sampled_from(["down", "nearest"]),
    presenter_cap=st.sampled_from([None, Decimal(1), Decimal("2.5")]),
    cap=st.sampled_from([None, Decimal(6), Decimal("12.3")]),
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
    half = step // 2 if rule.session_rounding == "nearest" and step > 1 else 0
    return Fraction(min((attended + half) // step * step, scheduled), 60)


@given(st.lists(presences, max_size=8), rules)
def test_exactly_two_roundings_as_the_rule_says(meetings, rule):
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
    a_minute = Fraction(rule.multiplier) / 60
    presented = sum(each for each, presenting in counted if presenting) * times * a_minute
    if rule.presenter_cap is not None:
        presented = min(presented, Fraction(rule.presenter_cap))
    exact = sum(each for each, presenting in counted if not presenting) * a_minute + presented
    if summed.below_minimum:
        return
    units, step = Fraction(summed.units), Fraction(rule.total_increment)
    if rule.cap is not None and exact > Fraction(rule.cap) - step:
        assert Fraction(rule.cap) - 2 * step < units <= Fraction(rule.cap)
    elif rule.total_rounding == "nearest":
        assert units - step / 2 <= exact < units + step / 2
    else:
        assert units <= exact < units + step


@given(st.lists(presences, max_size=8), rules)
def test_nobody_is_rounded_up_across_the_minimum(meetings, rule):
    credits = [
        count_meeting(session, seen, rule, presenting=presenting) for session, seen, presenting in meetings
    ]
    summed = total(credits, rule)
    assert summed.below_minimum == bool(summed.minutes_missing)
    assert not (summed.below_minimum and summed.units)
    if rule.minimum_basis == "contact_hours":
        sure = sum(min(credit.minutes_counted, unrounded(credit)) for credit in credits)
        assert summed.below_minimum == (sure < Fraction(rule.minimum) * 60)


def unrounded(credit) -> Fraction:
    """What was attended; of a meeting that counts in full, all of it."""
    return credit.minutes_counted if credit.reason == "full" else credit.minutes_attended


@given(st.lists(presences, max_size=5), presences, rules)
def test_more_minutes_never_give_fewer_units(meetings, extra, rule):
    credits = [count_meeting(session, seen, rule) for session, seen, _presenting in meetings]
    session, seen, presenting = extra
    more = count_meeting(session, seen, rule, presenting=presenting)
    assert total(credits, rule).units <= total([*credits, more], rule).units


@given(st.lists(presences, max_size=8), rules)
def test_presenting_gives_no_more_than_its_cap(meetings, rule):
    credits = [
        count_meeting(session, seen, rule, presenting=presenting) for session, seen, presenting in meetings
    ]
    without = total([credit for credit in credits if not credit.presenting], rule)
    added = total(credits, rule).exact_units - without.exact_units
    assert added <= (rule.presenter_cap if rule.presenter_cap is not None else added)


parts = st.lists(st.integers(1, 240), min_size=1, max_size=5)


@given(st.integers(0, 480), parts)
def test_the_minutes_of_categories_add_up_and_are_near_their_share(minutes, of_meeting):
    shares = shared_out(minutes, of_meeting)
    assert sum(shares) == minutes
    for share, part in zip(shares, of_meeting, strict=True):
        assert share.denominator == 1 and abs(share - Fraction(minutes * part, sum(of_meeting))) < 1


@given(st.lists(presences, max_size=6), st.lists(parts, min_size=6, max_size=6), rules)
def test_hours_by_category_add_up_to_what_counts(meetings, of_meetings, rule):
    rule = replace(rule, hours_by_category=True)
    credits = [
        replace(
            count_meeting(session, seen, rule, presenting=presenting),
            categories=tuple((f"c{place}", part) for place, part in enumerate(parts)),
        )
        for (session, seen, presenting), parts in zip(meetings, of_meetings, strict=False)
    ]
    summed = total(credits, rule)
    assert sum(summed.minutes_by_category.values()) == summed.minutes_counted
