"""Every sentence about hours, units and the rule follows the rule's own figures."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from registrations.credit.domain.credit_words import (
    minimum_hours_words,
    minimum_words,
    rate_words,
    ring_caption,
    rule_sentence,
    statement_words,
    total_words,
)
from registrations.credit.domain.credits import MeetingCredit, Reason, Rule
from registrations.credit.domain.reason_words import reason_words
from registrations.credit.domain.rules import HOURS_ONLY
from registrations.credit.domain.summing import Total, total

MA = Rule()
GENEROUS = Rule(multiplier=Decimal("1.5"))
BY_UNITS = Rule(multiplier=Decimal("1.5"), minimum_basis="units")
CEU = Rule(
    code="CEU",
    unit_label="CEU",
    unit_label_plural="CEUs",
    minutes_per_unit=600,
    total_increment=Decimal("0.1"),
    minimum=Decimal("0.1"),
    minimum_basis="units",
    count_breaks=False,
)
WASHINGTON = Rule(unit_label="clock hour", unit_label_plural="clock hours", minimum=Decimal(0))
CAPPED = Rule(cap=Decimal(12))
TEXAS = Rule(unit_label="CPE hour", unit_label_plural="CPE hours", minimum=Decimal(0))


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def of_hours(hours: str, rule: Rule) -> Total:
    minutes = Fraction(hours) * 60
    credit = MeetingCredit(
        minutes_scheduled=minutes, minutes_attended=minutes, minutes_counted=minutes, reason=Reason.FULL
    )
    return total([credit], rule)


@pytest.mark.parametrize(
    ("rule", "hours", "words"),
    [
        (MA, "7.25", "7.25 of 10 hours, no PDPs yet"),
        (MA, "0", "0 of 10 hours, no PDPs yet"),
        (MA, "12", "12 hours, 12 PDPs"),
        (MA, "14.75", "14.75 hours, 14.5 PDPs"),
        (Rule(minimum=Decimal(1)), "0.5", "0.5 of 1 hour, no PDPs yet"),
        (Rule(minimum=Decimal(1)), "1", "1 hour, 1 PDP"),
        (GENEROUS, "9", "9 of 10 hours, no PDPs yet"),
        (GENEROUS, "10", "10 hours, 15 PDPs"),
        (BY_UNITS, "6", "6 hours, no PDPs yet (they start at 10)"),
        (BY_UNITS, "7", "7 hours, 10.5 PDPs"),
        (CEU, "0.5", "0.5 hours, no CEUs yet (they start at 0.1)"),
        (CEU, "3", "3 hours, 0.3 CEUs"),
        (CEU, "10", "10 hours, 1.0 CEU"),
        (CEU, "12", "12 hours, 1.2 CEUs"),
        (CAPPED, "12", "12 hours, 12 PDPs"),
        (CAPPED, "15", "15 hours, 12 PDPs: no more can be earned"),
        (WASHINGTON, "9", "9 hours, 9 clock hours"),
        (TEXAS, "1", "1 hour, 1 CPE hour"),
        (HOURS_ONLY, "9", "9 hours of attendance"),
    ],
)
def test_a_total_in_words(rule, hours, words):
    assert total_words(of_hours(hours, rule)) == words


def test_a_total_in_words_where_nothing_can_be_awarded():
    assert total_words(of_hours("12", MA), awards_units=False) == "12 hours of attendance"


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            MA,
            "One hour of attendance is one PDP, but only once you have 10 hours on one topic. The state "
            "doesn't give PDPs for less, so we confirm anything under 10 hours as hours of attendance.",
        ),
        (
            GENEROUS,
            "One hour of attendance is 1.5 PDPs, but only once you have 10 hours on one topic. The state "
            "doesn't give PDPs for less, so we confirm anything under 10 hours as hours of attendance.",
        ),
        (BY_UNITS, "One hour of attendance is 1.5 PDPs, and PDPs start at 10."),
        (
            CEU,
            "10 hours of attendance are one CEU, and CEUs start at 0.1. Breaks don't count.",
        ),
        (WASHINGTON, "One hour of attendance is one clock hour, from the first hour."),
        (
            Rule(minimum=Decimal(0), cap=Decimal(12)),
            "One hour of attendance is one PDP, from the first hour. At most 12 PDPs can be earned.",
        ),
        (
            Rule(minutes_per_unit=50, minimum=Decimal(0)),
            "50 minutes of attendance are one PDP, from the first hour.",
        ),
    ],
)
def test_the_rule_in_a_sentence(rule, sentence):
    assert rule_sentence(rule) == sentence


def test_documents_say_the_rule_and_what_its_row_adds():
    rule = Rule(minimum=Decimal(0), statement="Keep this for five years.")
    assert statement_words(rule) == (
        "One hour of attendance is one PDP, from the first hour. Keep this for five years."
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [(MA, "one PDP an hour"), (GENEROUS, "1.5 PDPs an hour"), (CEU, "one CEU for 10 hours")],
)
def test_the_rate_in_words(rule, words):
    assert rate_words(rule) == words


@pytest.mark.parametrize(
    ("rule", "words"), [(MA, "10 hours"), (BY_UNITS, "10 PDPs"), (CEU, "0.1 CEUs"), (GENEROUS, "10 hours")]
)
def test_the_minimum_in_what_it_is_tested_on(rule, words):
    assert minimum_words(rule) == words


@pytest.mark.parametrize(
    ("rule", "words"), [(MA, "10 hours"), (BY_UNITS, "6.67 hours"), (CEU, "1 hour"), (GENEROUS, "10 hours")]
)
def test_the_minimum_in_hours_is_never_too_few(rule, words):
    assert minimum_hours_words(rule) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (25, "less than a quarter of the meeting, so no hours count"),
        (50, "less than half of the meeting, so no hours count"),
        (75, "less than three quarters of the meeting, so no hours count"),
        (80, "less than 80 percent of the meeting, so no hours count"),
        (100, "not the whole meeting, so no hours count"),
    ],
)
def test_too_short_says_the_least_part_of_the_rule(percent, words):
    assert reason_words("too_short", Rule(session_min_percent_for_any_credit=percent)) == words


@pytest.mark.parametrize(
    ("increment", "words"),
    [
        (0, "time attended"),
        (1, "time attended, in full minutes"),
        (15, "time attended, in full quarter hours"),
        (20, "time attended, in steps of 20 minutes"),
        (30, "time attended, in full half hours"),
        (60, "time attended, in full hours"),
    ],
)
def test_rounding_says_the_increment_of_the_rule(increment, words):
    assert reason_words("rounded", Rule(session_increment_min=increment)) == words


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ("0", ""),
        ("1", ""),
        ("2", "presented, which counts twice towards PDPs"),
        ("1.5", "presented, which counts 1.5 times towards PDPs"),
    ],
)
def test_presenting_says_how_often_it_counts(times, words):
    assert reason_words("full", Rule(presenter_multiplier=Decimal(times)), presenting=True) == words


def test_presenting_for_a_part_of_the_meeting_says_both():
    rule = Rule(presenter_multiplier=Decimal(2))
    assert reason_words("rounded", rule, presenting=True) == (
        "time attended, in full quarter hours; presented, which counts twice towards PDPs"
    )


def test_what_counts_in_full_needs_no_reason():
    assert [reason_words("full", MA), reason_words("", MA)] == ["", ""]


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason != Reason.FULL])
def test_every_other_reason_has_words(reason):
    assert reason_words(reason, MA)


@pytest.mark.parametrize(
    ("rule", "value", "maximum", "awards", "words"),
    [
        (MA, 9, 10, True, "of 10 hours"),
        (MA, 12, 10, True, "hours"),
        (MA, 9, 15, False, "of 15 hours"),
        (CEU, Fraction("0.05"), Fraction("0.1"), True, "of 0.1 CEUs"),
        (CEU, Fraction("0.3"), Fraction("0.1"), True, "CEUs"),
        (CEU, 3, 15, False, "of 15 hours"),
        (BY_UNITS, 6, 10, True, "of 10 PDPs"),
    ],
)
def test_the_ring_counts_in_what_the_minimum_is_tested_on(rule, value, maximum, awards, words):
    assert ring_caption(rule, value, maximum, awards=awards) == words
