"""The vectors of docs/rules.md 2.6, one test each, and the edges of docs/rules.md 2.5."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from registrations.credit.domain.credit_offers import minutes_given
from registrations.credit.domain.credits import (
    MeetingCredit,
    Reason,
    Rule,
    Session,
    count_meeting,
)
from registrations.credit.domain.rounding import decimal_down
from registrations.credit.domain.summing import total

EASTERN = ZoneInfo("America/New_York")
DATES = [(2020, 10, 14), (2020, 12, 8), (2021, 2, 10), (2021, 4, 13), (2021, 5, 26)]
RULE = Rule()


def window(number: int, *, start: int = 9, minutes: int = 180) -> tuple[datetime, datetime]:
    opens = datetime(*DATES[number], start, tzinfo=EASTERN)
    return opens, opens.astimezone(UTC) + timedelta(minutes=minutes)


def meeting(number: int, *, attended: int | None = None, late: int = 0, rule: Rule = RULE) -> MeetingCredit:
    opens, closes = window(number)
    start = opens.astimezone(UTC) + timedelta(minutes=late)
    end = closes if attended is None else start + timedelta(minutes=attended)
    return count_meeting(Session(window=(opens, closes)), [(start, end)], rule)


def group(number: int, *, minutes: int = 180, same_topic: bool = True, rule: Rule = RULE) -> MeetingCredit:
    span = window(number, start=12, minutes=minutes)
    return count_meeting(Session(window=span, group=1, same_topic=same_topic), [span], rule)


def whole(session: Session, rule: Rule = RULE, **more: Any) -> MeetingCredit:
    """What the session gives somebody who is there from start to end."""
    return count_meeting(session, [session.window], rule, **more)


def outcome(*credits: MeetingCredit, rule: Rule = RULE) -> tuple[Fraction, Decimal, bool]:
    summed = total(credits, rule)
    return summed.hours, summed.units, summed.below_minimum


def test_vector_a_all_five_meetings():
    assert outcome(*map(meeting, range(5))) == (15, 15, False)


def test_vector_b_four_of_five():
    assert outcome(*map(meeting, range(4))) == (12, 12, False)


def test_vector_c_three_of_five_is_below_the_minimum():
    assert outcome(*map(meeting, range(3))) == (9, 0, True)


def test_vector_d_three_meetings_and_a_group_on_the_same_topic():
    assert outcome(*map(meeting, range(3)), group(0)) == (12, 12, False)


def test_vector_e_the_minimum_itself_is_enough():
    assert outcome(*map(meeting, range(3)), group(0, minutes=60)) == (10, 10, False)


def test_vector_g_all_meetings_and_groups():
    assert outcome(*map(meeting, range(5)), *map(group, range(5))) == (30, 30, False)


def test_vector_k_thirty_minutes_late_once():
    credits = [meeting(0, late=30), *map(meeting, range(1, 5))]
    assert outcome(*credits) == (Fraction(29, 2), Decimal("14.5"), False)


def test_vector_l_eight_minutes_late_is_within_the_grace():
    credits = [meeting(0, late=8), *map(meeting, range(1, 5))]
    assert outcome(*credits) == (15, 15, False)


def test_vector_n_a_cancelled_meeting_leaves_four():
    assert outcome(*map(meeting, (0, 1, 3, 4))) == (12, 12, False)


def test_vector_q_under_half_counts_nothing_with_the_reason():
    short = meeting(2, attended=60)
    assert (short.minutes_counted, short.reason) == (0, Reason.TOO_SHORT)
    assert outcome(meeting(0), meeting(1), short) == (6, 0, True)


def test_vector_r_105_of_180_minutes():
    assert meeting(0, attended=105).minutes_counted / 60 == Fraction(7, 4)


def test_vector_s_169_of_180_minutes():
    assert meeting(0, attended=169).minutes_counted / 60 == Fraction(11, 4)


def test_grace_ends_at_the_second():
    opens, closes = window(0)
    session = Session(window=(opens, closes))
    within = count_meeting(session, [(opens + timedelta(minutes=10), closes)], RULE)
    beyond = count_meeting(session, [(opens + timedelta(minutes=10, seconds=1), closes)], RULE)
    assert (within.minutes_counted, within.reason) == (180, Reason.FULL)
    assert (beyond.minutes_counted, beyond.reason) == (165, Reason.ROUNDED)


def test_half_a_meeting_is_enough_and_a_second_less_is_not():
    opens, closes = window(0)
    half = opens.astimezone(UTC) + timedelta(minutes=90)
    session = Session(window=(opens, closes))
    assert count_meeting(session, [(opens, half)], RULE).minutes_counted == 90
    assert count_meeting(session, [(opens, half - timedelta(seconds=1))], RULE).minutes_counted == 0


def test_nobody_in_a_meeting_shorter_than_the_grace_counts_nothing():
    opens, _ = window(0)
    credit = count_meeting(Session(window=(opens, opens + timedelta(minutes=5))), [], RULE)
    assert (credit.minutes_counted, credit.reason) == (0, Reason.ABSENT)


def test_two_devices_are_a_union_and_clipped():
    opens = datetime(2021, 11, 19, 10, tzinfo=UTC)
    spans = [
        (opens - timedelta(minutes=6), opens + timedelta(minutes=60)),
        (opens + timedelta(minutes=30), opens + timedelta(minutes=121, seconds=59)),
    ]
    session = Session(window=(opens, opens + timedelta(minutes=120)))
    assert count_meeting(session, spans, RULE).minutes_attended == 120


def test_fragments_are_summed_before_the_rounding():
    opens, closes = window(0)
    start = opens.astimezone(UTC)
    starts = [start + timedelta(minutes=20 * number) for number in range(8)]
    pieces = [(begin, begin + timedelta(minutes=15)) for begin in starts]
    assert count_meeting(Session(window=(opens, closes)), pieces, RULE).minutes_counted == 120


@pytest.mark.parametrize(("day", "hours"), [((2021, 3, 14), 3), ((2020, 11, 1), 5)])
def test_a_changing_clock_counts_real_hours(day, hours):
    span = (datetime(*day, 0, tzinfo=EASTERN), datetime(*day, 4, tzinfo=EASTERN))
    assert whole(Session(window=span)).minutes_counted == hours * 60


def test_an_interval_without_a_zone_is_refused():
    naive = datetime(2021, 3, 14, 9)
    with pytest.raises(ValueError, match="time zone"):
        count_meeting(Session(window=window(0)), [(naive, naive)], RULE)


def test_a_group_on_another_topic_counts_nothing_with_the_reason():
    other = group(0, same_topic=False)
    assert (other.minutes_attended, other.minutes_counted, other.reason) == (180, 0, Reason.OTHER_TOPIC)


def test_groups_can_be_left_out_by_the_rule():
    credit = group(0, rule=Rule(include_working_groups=False))
    assert (credit.minutes_counted, credit.reason) == (0, Reason.GROUPS_EXCLUDED)


def test_a_meeting_that_does_not_count_says_so():
    credit = whole(Session(window=window(0), counts=False))
    assert (credit.minutes_attended, credit.minutes_counted, credit.reason) == (180, 0, Reason.NOT_COUNTED)


def test_a_presenter_gets_no_hours_of_a_participant():
    credit = whole(Session(window=window(0)), presenting=True)
    assert (credit.minutes_attended, credit.minutes_counted, credit.reason) == (180, 0, Reason.PRESENTED)


def test_a_presenter_multiplier_raises_units_and_not_hours():
    rule = Rule(presenter_multiplier=Decimal(2), minimum=Decimal(0))
    assert outcome(whole(Session(window=window(0)), rule, presenting=True), rule=rule) == (3, 6, False)


def test_a_presenter_multiplier_of_one_counts_as_anybody():
    rule = Rule(presenter_multiplier=Decimal(1), minimum=Decimal(0))
    credit = whole(Session(window=window(0)), rule, presenting=True)
    assert (credit.reason, outcome(credit, rule=rule)) == (Reason.FULL, (3, 3, False))


def test_a_cap_limits_units():
    rule = Rule(cap=Decimal(12))
    assert outcome(*map(meeting, range(5)), rule=rule) == (15, 12, False)


def test_the_minimum_is_tested_on_hours_before_the_multiplier():
    credits = [*map(meeting, range(2)), meeting(2, attended=90)]
    generous = Rule(multiplier=Decimal("1.5"))
    assert outcome(*credits, rule=generous) == (Fraction(15, 2), 0, True)
    by_units = Rule(multiplier=Decimal("1.5"), minimum_basis="units")
    assert outcome(*credits, rule=by_units) == (Fraction(15, 2), 11, False)


def test_units_are_rounded_down_once_on_the_total():
    credits = [meeting(0, attended=165), meeting(1, attended=165), *map(meeting, range(2, 5))]
    assert outcome(*credits) == (Fraction(29, 2), Decimal("14.5"), False)
    assert outcome(meeting(0, attended=165), *map(meeting, range(1, 5))) == (
        Fraction(59, 4),
        Decimal("14.5"),
        False,
    )


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


def a_session_with_a_break() -> Session:
    opens, closes = window(0)
    start = opens.astimezone(UTC) + timedelta(minutes=60)
    return Session(window=(opens, closes), breaks=[(start, start + timedelta(minutes=15))])


def test_breaks_are_taken_out_where_they_do_not_count():
    credit = whole(a_session_with_a_break(), CEU)
    assert (credit.minutes_scheduled, credit.minutes_attended, credit.minutes_counted) == (165, 165, 165)
    assert outcome(credit, rule=CEU) == (Fraction(11, 4), Decimal("0.2"), False)


def test_breaks_stay_in_where_they_count():
    credit = whole(a_session_with_a_break())
    assert (credit.minutes_scheduled, credit.minutes_attended, credit.minutes_counted) == (180, 180, 180)


def test_who_came_for_the_break_only_counts_nothing_and_reads_why():
    session = a_session_with_a_break()
    credit = count_meeting(session, session.breaks, CEU)
    assert (credit.minutes_attended, credit.minutes_counted, credit.reason) == (0, 0, Reason.BREAKS)


def test_an_offer_is_what_the_whole_meeting_counts():
    session = a_session_with_a_break()
    assert [minutes_given([session], rule) for rule in (RULE, CEU)] == [[180], [165]]


@pytest.mark.parametrize(
    ("rule", "minutes"),
    [
        (RULE, 600),
        (Rule(multiplier=Decimal("1.5")), 600),
        (Rule(multiplier=Decimal("1.5"), minimum_basis="units"), 400),
        (CEU, 60),
    ],
)
def test_the_minimum_in_minutes_follows_its_basis(rule, minutes):
    assert rule.minimum_minutes == minutes


def test_what_is_missing_to_the_minimum_follows_its_basis():
    credit = meeting(0, attended=120)
    by_units = Rule(multiplier=Decimal("1.5"), minimum_basis="units")
    assert (total([credit], RULE).minutes_missing, total([credit], by_units).minutes_missing) == (480, 280)


def test_parallel_meetings_are_counted_once():
    main, parallel = window(0), window(0, start=11, minutes=120)
    first = whole(Session(window=main))
    second = whole(Session(window=parallel), elsewhere=[main])
    assert (first.minutes_counted, second.minutes_counted, second.minutes_attended) == (180, 60, 120)


def test_a_meeting_inside_another_says_why_it_counts_nothing():
    main, inner = window(0), window(0, start=10, minutes=60)
    credit = whole(Session(window=inner), elsewhere=[main])
    assert (credit.minutes_counted, credit.reason) == (0, Reason.ELSEWHERE)


def test_numbers_for_show_are_cut():
    assert decimal_down(Fraction(599_99, 60_00)) == Decimal("9.99")
