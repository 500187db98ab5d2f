"""How times, dates and hours are said."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from stemnet import wording

FIRST = datetime(2020, 10, 14, 13, 0, tzinfo=UTC)
NOON = datetime(2020, 10, 14, 16, 0, tzinfo=UTC)


def test_span_says_day_hours_and_zone():
    assert wording.span(FIRST, NOON, "America/New_York") == "Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET"


def test_span_in_another_zone_is_the_same_moment():
    start = datetime(2024, 5, 24, 17, 0, tzinfo=UTC)
    end = datetime(2024, 5, 24, 18, 0, tzinfo=UTC)
    assert wording.span(start, end, "America/Chicago") == "Fri, May 24, 2024, 12 noon to 1:00 p.m. CT"


def test_span_over_midnight_names_both_days():
    end = datetime(2020, 10, 15, 5, 0, tzinfo=UTC)
    assert wording.span(FIRST, end, "America/New_York") == (
        "Wed, Oct 14, 2020, 9:00 a.m. to Thu, Oct 15, 2020, 1:00 a.m. ET"
    )


def test_time_span_leaves_the_day_out():
    assert wording.time_span(FIRST, NOON, "America/New_York") == "9:00 a.m. to 12 noon ET"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(9), "9:00 a.m."),
        (time(12), "12 noon"),
        (time(0), "12 midnight"),
        (time(12, 30), "12:30 p.m."),
        (time(0, 5), "12:05 a.m."),
        (time(15, 30), "3:30 p.m."),
    ],
)
def test_clock(at, said):
    assert wording.clock(at) == said


@pytest.mark.parametrize(
    ("zone", "utc", "said"),
    [
        ("America/New_York", datetime(2027, 1, 15, 14, tzinfo=UTC), "Fri, Jan 15, 2027, 9:00 a.m. ET"),
        ("America/New_York", datetime(2027, 7, 15, 13, tzinfo=UTC), "Thu, Jul 15, 2027, 9:00 a.m. ET"),
        ("America/Phoenix", datetime(2027, 7, 15, 16, tzinfo=UTC), "Thu, Jul 15, 2027, 9:00 a.m. MST"),
        ("America/Vancouver", datetime(2026, 7, 15, 16, tzinfo=UTC), "Wed, Jul 15, 2026, 9:00 a.m. PDT"),
        # these three keep one time all year from the winter of 2026 on
        ("America/Vancouver", datetime(2027, 1, 15, 16, tzinfo=UTC), "Fri, Jan 15, 2027, 9:00 a.m. MST"),
        ("America/Edmonton", datetime(2027, 1, 15, 15, tzinfo=UTC), "Fri, Jan 15, 2027, 9:00 a.m. CST"),
        ("America/Winnipeg", datetime(2027, 1, 15, 14, tzinfo=UTC), "Fri, Jan 15, 2027, 9:00 a.m. EST"),
        ("Europe/Lisbon", datetime(2027, 7, 15, 8, tzinfo=UTC), "Thu, Jul 15, 2027, 9:00 a.m. WEST"),
    ],
)
def test_moments_are_said_by_the_pinned_rules_of_their_zone(zone, utc, said):
    assert wording.moment(utc, zone) == said


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/New_York", "ET"),
        ("America/Chicago", "CT"),
        ("America/Denver", "MT"),
        ("America/Los_Angeles", "PT"),
        ("America/Phoenix", "MST"),
        ("Pacific/Honolulu", "HST"),
        ("America/Sao_Paulo", "UTC-03"),
        ("UTC", "UTC"),
    ],
)
def test_zone_name(zone, name):
    assert wording.zone_name(FIRST, zone) == name


def test_moment_follows_daylight_saving():
    assert wording.moment(datetime(2020, 12, 8, 14, tzinfo=UTC), "America/New_York") == (
        "Tue, Dec 8, 2020, 9:00 a.m. ET"
    )


@pytest.mark.parametrize(
    ("minutes", "row", "total"),
    [
        (180, "3.00", "3"),
        (435, "7.25", "7.25"),
        (720, "12.00", "12"),
        (599, "9.98", "9.98"),
        (0, "0.00", "0"),
    ],
)
def test_hours_never_round_up(minutes, row, total):
    assert (wording.hours_row(minutes), wording.hours(minutes)) == (row, total)


@pytest.mark.parametrize(("minutes", "said"), [(60, "1 hour"), (900, "15 hours"), (435, "7.25 hours")])
def test_hours_phrase(minutes, said):
    assert wording.hours_phrase(minutes) == said


@pytest.mark.parametrize(
    ("value", "said"), [(Decimal("14.50"), "14.5"), (Decimal("10.00"), "10"), (100, "100")]
)
def test_plain_number_drops_idle_zeros(value, said):
    assert wording.plain_number(value) == said


def test_ranges():
    first, last = date(2020, 10, 14), date(2021, 5, 26)
    assert wording.month_range(first, last) == "October to May"
    assert wording.month_range(first, first) == "October"
    assert wording.day_range(first, last) == "Wed, Oct 14, 2020 to Wed, May 26, 2021"
    assert wording.day_range(first, first) == "Wed, Oct 14, 2020"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2020, 10, 14), "today"),
        (date(2020, 10, 15), "tomorrow"),
        (date(2020, 10, 16), "in 2 days"),
        (date(2020, 10, 1), "Thu, Oct 1, 2020"),
    ],
)
def test_days_away(on, said):
    assert wording.days_away(on, date(2020, 10, 14)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "since today"),
        (1, "for 1 day"),
        (59, "for 59 days"),
        (60, "for 2 months"),
        (729, "for 24 months"),
        (730, "for 2 years"),
        (4954, "for 13 years"),
    ],
)
def test_for_days(days, said):
    assert wording.for_days(days) == said


def test_school_year():
    assert (wording.school_year(2020), wording.school_year(1999)) == ("2020-21", "1999-00")


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2020, 6, 30), "2019-20"), (date(2020, 7, 1), "2020-21"), (date(2021, 6, 30), "2020-21")],
    ids=str,
)
def test_a_school_year_turns_on_the_first_of_july(on, year):
    assert wording.school_year_on(on) == year
