"""The arithmetic of credit against a slow oracle that was written from the rule book (docs/rules.md 2.5)."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.credit.domain.credit_words import total_words
from registrations.credit.domain.credits import Rule, Session, count_meeting
from registrations.credit.domain.intervals import clip, duration, subtract, union
from registrations.credit.domain.rounding import decimal_down, rounded
from registrations.credit.domain.rules import as_rule
from registrations.credit.domain.summing import total
from registrations.models import CreditRule
from tests.registrations.credit import oracle

OPENS = datetime(2020, 10, 14, 13, tzinfo=UTC)
TICK = timedelta(seconds=oracle.TICK)
USUAL = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
CODES = {"MA-PDP", "WA-CLOCK", "NY-CTLE", "TX-CPE", "OR-PDU", "IL-CLOCK", "CEU"}


def at(number):
    return OPENS + number * TICK


def at_minute(number):
    return OPENS + timedelta(minutes=number)


def spans_within(first, last, *, most):
    """Spans in minutes, in quarters of them, or to ten seconds; some end before they start."""
    by_minute = st.integers(first // 6, last // 6).map(lambda minute: at(minute * 6))
    by_quarter = st.integers(first // 90, last // 90).map(lambda quarter: at(quarter * 90))
    moment = st.one_of(by_minute, by_quarter, st.integers(first, last).map(at))
    return st.lists(st.tuples(moment, moment), max_size=most)


@st.composite
def random_rules(draw):
    step = st.sampled_from(["0", "0.1", "0.25", "0.5", "1"]).map(Decimal)
    ways = st.sampled_from(["down", "nearest"])
    caps = st.one_of(st.none(), st.sampled_from(["0.25", "1", "2.4", "5", "10"]).map(Decimal))
    return Rule(
        minutes_per_unit=draw(st.sampled_from([50, 60, 600])),
        multiplier=draw(st.sampled_from(["1", "1.5", "0.75"]).map(Decimal)),
        count_breaks=draw(st.booleans()),
        session_grace_min=draw(st.integers(0, 30)),
        session_min_percent_for_any_credit=draw(st.integers(0, 100)),
        session_increment_min=draw(st.sampled_from([0, 1, 5, 15, 30, 60])),
        session_rounding=draw(ways),
        total_increment=draw(step),
        total_rounding=draw(ways),
        minimum=draw(st.sampled_from(["0", "0.1", "0.5", "1", "2", "4.5", "10"]).map(Decimal)),
        minimum_basis=draw(st.sampled_from(["contact_hours", "units"])),
        minimum_scope=draw(st.sampled_from(["topic", "activity"])),
        cap=draw(caps),
        hours_by_category=True,
        include_working_groups=draw(st.booleans()),
        presenter_multiplier=draw(st.sampled_from(["0", "0.5", "1", "2"]).map(Decimal)),
        presenter_cap=draw(caps),
    )


@pytest.fixture
def in_database(db):
    """Every version of every state's rule as a new portal has them."""
    versions = [as_rule(version) for version in CreditRule.objects.all()]
    assert {version.code for version in versions} == CODES
    return versions


sessions = st.builds(
    lambda length, breaks, counts, group, same_topic: Session(
        window=(OPENS, at(length)), breaks=breaks, counts=counts, group=group, same_topic=same_topic
    ),
    length=st.one_of(st.integers(1, 1440), st.integers(1, 16).map(lambda quarters: quarters * 90)),
    breaks=spans_within(-60, 1500, most=3),
    counts=st.sampled_from([True, True, True, False]),
    group=st.sampled_from([None, None, 7]),
    same_topic=st.booleans(),
)
categories = st.lists(
    st.tuples(st.sampled_from(["content", "pedagogy", "language"]), st.integers(1, 180)),
    min_size=1,
    max_size=3,
    unique_by=lambda part: part[0],
).map(tuple)
visits = st.fixed_dictionaries(
    {
        "session": sessions,
        "seen": spans_within(-360, 1800, most=6),
        "elsewhere": st.one_of(st.just([]), spans_within(-60, 1500, most=2)),
        "presenting": st.booleans(),
        "made_up": st.one_of(st.just(0), st.integers(0, 260)),
    }
)


def ask_both(visit, rule, parts=(("", 1),)):
    """Return what the product and what the oracle counts for one visit of one meeting."""
    how = {"presenting": visit["presenting"], "made_up": visit["made_up"]}
    elsewhere = visit["elsewhere"]
    ours = count_meeting(visit["session"], visit["seen"], rule, elsewhere=elsewhere, **how)
    theirs = oracle.count(
        visit["session"], oracle.ticks(visit["seen"]), rule, elsewhere=oracle.ticks(elsewhere), **how
    )
    return replace(ours, categories=parts), replace(theirs, categories=parts)


def figures(credit):
    return {
        "scheduled": credit.minutes_scheduled,
        "attended": credit.minutes_attended,
        "counted": credit.minutes_counted,
        "other topic": credit.minutes_other_topic,
        "rounded up": credit.minutes_rounded_up,
        "made up": credit.minutes_made_up,
    }


def figures_of_oracle(credit):
    return {
        "scheduled": credit.scheduled,
        "attended": credit.attended,
        "counted": credit.counted,
        "other topic": credit.other_topic,
        "rounded up": credit.rounded_up,
        "made up": credit.made_up,
    }


def agree_on_meeting(visit, rule):
    ours, theirs = ask_both(visit, rule)
    assert figures(ours) == figures_of_oracle(theirs)


def agree_on_total(year, rule):
    both = [ask_both(visit, rule, parts) for visit, parts in year]
    ours, theirs = (
        total([one for one, _other in both], rule),
        oracle.add_up([other for _one, other in both], rule),
    )
    assert (ours.minutes_attended, ours.minutes_counted) == (theirs.attended, theirs.counted)
    assert (ours.minutes_presented, ours.sure_minutes) == (theirs.presented, theirs.sure)
    assert Fraction(ours.units) == oracle.cut(theirs.units, Fraction(1, 100))
    assert (ours.below_minimum, ours.minutes_missing) == (theirs.below_minimum, theirs.missing)
    assert without_zeros(ours.minutes_by_category) == without_zeros(theirs.by_category)
    return ours, theirs


def agree_on_words(ours, theirs):
    """The numbers of the one line for a total: hours, and the minimum or the units."""
    second = ours.rule.minimum if theirs.below_minimum else theirs.units
    numbers = [Fraction(number) for number in re.findall(r"\d+(?:\.\d+)?", total_words(ours))]
    assert numbers == [oracle.cut(theirs.counted / 60, Fraction(1, 100)), Fraction(second)]
    assert Fraction(decimal_down(ours.hours)) == oracle.cut(theirs.counted / 60, Fraction(1, 100))


def without_zeros(numbers):
    return {code: number for code, number in numbers.items() if number}


@settings(max_examples=60, **USUAL)
@given(
    spans=spans_within(-400, 1500, most=6), others=spans_within(-400, 1500, most=4), end=st.integers(1, 1440)
)
def test_intervals_are_sets_of_instants(spans, others, end):
    some, taken, window = oracle.ticks(spans), oracle.ticks(others), (OPENS, at(end))
    assert oracle.ticks(union(spans)) == some
    assert oracle.ticks(clip(spans, window)) == some & oracle.ticks([window])
    assert oracle.ticks(subtract(spans, others)) == some - taken
    assert duration(spans) == len(some) * TICK


@settings(max_examples=100, **USUAL)
@given(
    value=st.fractions(0, 200, max_denominator=600),
    step=st.sampled_from(["0", "0.1", "0.25", "0.5", "1", "15"]).map(Fraction),
    way=st.sampled_from(["down", "nearest"]),
)
def test_rounding_finds_the_mark_of_the_ruler(value, step, way):
    assert rounded(value, step, way) == oracle.rounded(value, step, way)


@settings(max_examples=200, **USUAL)
@given(visit=visits, rule=random_rules())
def test_a_meeting_counts_as_the_rule_book_says_under_any_rule(visit, rule):
    agree_on_meeting(visit, rule)


@settings(max_examples=50, **USUAL)
@given(visit=visits)
def test_a_meeting_counts_as_the_rule_book_says_under_the_rules_of_the_states(in_database, visit):
    for rule in in_database:
        agree_on_meeting(visit, rule)


years = st.lists(st.tuples(visits, categories), max_size=5)


@settings(max_examples=100, **USUAL)
@given(year=years, rule=random_rules())
def test_a_year_adds_up_as_the_rule_book_says_under_any_rule(year, rule):
    agree_on_total(year, rule)


@settings(max_examples=25, **USUAL)
@given(year=years)
def test_a_year_adds_up_as_the_rule_book_says_under_the_rules_of_the_states(in_database, year):
    for rule in in_database:
        agree_on_words(*agree_on_total(year, rule))


@pytest.mark.parametrize(
    ("code", "minutes", "of", "units"),
    [
        ("WA-CLOCK", 225, 225, "3.5"),
        ("NY-CTLE", 119, 150, "1"),
        ("IL-CLOCK", 97, 240, "1.5"),
        ("IL-CLOCK", 98, 240, "1.75"),
        ("CEU", 345, 345, "0.6"),
        ("CEU", 30, 30, "0.1"),
    ],
)
def test_vectors_of_the_states(in_database, code, minutes, of, units):
    """Half hours in Washington, full ones in New York, the nearest quarter in Illinois, tenths of a CEU."""
    rule = [version for version in in_database if version.code == code][-1]
    session = Session(window=(OPENS, at_minute(of)))
    visit = {"session": session, "seen": [(OPENS, at_minute(minutes))], "elsewhere": []}
    ours, theirs = agree_on_total([({**visit, "presenting": False, "made_up": 0}, (("", 1),))], rule)
    assert ours.units == Decimal(units)
    assert theirs.units == Fraction(units)


def test_half_an_hour_of_two_categories_each_in_new_york(in_database):
    rule = [version for version in in_database if version.code == "NY-CTLE"][-1]
    visit = {"session": Session(window=(OPENS, at_minute(60))), "seen": [(OPENS, at_minute(60))]}
    visit |= {"elsewhere": [], "presenting": False, "made_up": 0}
    ours, _theirs = agree_on_total([(visit, (("pedagogy", 30), ("language", 30)))], rule)
    assert ours.minutes_by_category == {"pedagogy": 30, "language": 30}
