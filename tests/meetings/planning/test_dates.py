from datetime import date

import pytest

from meetings.planning.domain.dates import read_dates
from meetings.planning.domain.patterns import pattern_dates
from meetings.planning.exceptions import PlanRefused

STELDN = [date(2020, 10, 14), date(2020, 12, 8), date(2021, 2, 10), date(2021, 4, 13), date(2021, 5, 26)]


@pytest.mark.parametrize(
    "text",
    [
        "October 14, 2020; December 8, 2020; February 10, 2021; April 13, 2021; and May 26, 2021",
        "October 14, 2020, December 8, 2020, February 10, 2021, April 13, 2021, and May 26, 2021.",
        "10/14/2020\n12/8/2020\n2/10/2021\n4/13/2021\n5/26/2021",
        "10/14, 12/8, 2/10, 4/13 and 5/26",
        "2020-10-14 2020-12-08 2021-02-10 2021-04-13 2021-05-26",
        "Oct 14; Dec. 8; Feb 10; Apr 13th; May 26",
        "- Wed, Oct 14, 2020\n- Tuesday, Dec 8\n- Feb 10\n- 13 April 2021\n- May 26",
        "1. 10/14/20\n2. 12/08/20\n3. 2/10/21\n4. 4/13/21\n5. 5/26/21",
        "october 14 & december 8 & february 10 & april 13 & may 26",
    ],
)
def test_read_dates_takes_the_forms_people_write(text):
    reading = read_dates(text, school_year="2020-21")
    assert (reading.dates, reading.problems) == (STELDN, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "Octber 14, 2020",
            "“Octber 14, 2020” isn't a date we can read. Write it like October 14, 2020 or 10/14/2020 "
            "or 2020-10-14.",
        ),
        (
            "Febuary 10",
            "“Febuary 10” isn't a date we can read. Write it like October 14, 2020 or 10/14/2020 "
            "or 2020-10-14.",
        ),
        ("February 30, 2021", "“February 30, 2021” isn't a real date."),
        ("14/10/2020", "“14/10/2020” isn't a real date."),
        ("Tuesday, October 14, 2020", "Wed, Oct 14, 2020 is a Wednesday, not a Tuesday."),
        ("October 14, 2022", "Fri, Oct 14, 2022 is not in the school year 2020-21."),
    ],
)
def test_read_dates_says_what_is_wrong_with_each_piece(text, problem):
    reading = read_dates(f"{text}; December 8, 2020", school_year="2020-21")
    assert (reading.dates, reading.problems) == ([date(2020, 12, 8)], [problem])


def test_read_dates_wants_a_year_where_the_school_year_is_not_known():
    assert read_dates("Oct 14", school_year="").problems == ["Add a year to “Oct 14”."]


def test_text_without_a_date_is_said_once():
    assert read_dates("soon; later, perhaps", school_year="2020-21").problems == [
        "“soon; later, perhaps” isn't a date we can read. Write it like October 14, 2020 or 10/14/2020 or "
        "2020-10-14."
    ]


def test_words_around_dates_are_left_out_and_named():
    reading = read_dates("soon; December 8, 2020 (9am-12noon); Room 204", school_year="2020-21")
    assert (reading.dates, reading.problems) == ([date(2020, 12, 8)], [])
    assert reading.left_out == ["soon", "9am-12noon", "Room 204"]


@pytest.mark.parametrize(
    "text",
    [
        "Five virtual meetings held on October 14, 2020; December 8, 2020; February 10, 2021; "
        "April 13, 2021; and May 26, 2021. If necessary, the working groups meet at another time.",
        "Wednesday, Oct. 14 (3:30-5:00 p.m.), Tues. Dec 8, Wed, 2/10, 3:30-5 p.m., Apr. 13th & May 26th, "
        "9 a.m. to 12 noon, at 33 Main St., Room 204; call 508-555-0100",
        "We meet in the fall on Oct 14 and on December 8, 2020, 9-12, and in the spring: 10 February, "
        "the 13th of April, and May 26, '21",
        "Dates: 10-14-2020, 12.8.2020, 2-10-21, 4/13/21 and 2021-05-26; 3 hours each, 15 hours in all",
        "October 14, 2020 (Wednesday) | December 8, 2020 (Tuesday) | Feb 10 | Apr 13 | each of the 5 may "
        "send 2 people on May 26",
    ],
)
def test_read_dates_finds_them_in_any_sentence(text):
    reading = read_dates(text, school_year="2020-21")
    assert (reading.dates, reading.problems) == (STELDN, [])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("October 14, 21 and 28, 2020", [(10, 14), (10, 21), (10, 28)]),
        ("Wednesdays, Oct 14, 21 & 28", [(10, 14), (10, 21), (10, 28)]),
        ("Thursdays: Oct 1, 8, and 15", [(10, 1), (10, 8), (10, 15)]),
        ("October 14-16, 2020", [(10, 14), (10, 15), (10, 16)]),
        ("October 30 to November 2", [(10, 30), (10, 31), (11, 1), (11, 2)]),
        ("from October 14 to December 8, 2020", [(10, 14), (12, 8)]),
        ("October 14, 9-12; October 21, 2 to 4", [(10, 14), (10, 21)]),
        ("October 3 - 5 p.m.", [(10, 3)]),
    ],
)
def test_several_days_of_a_month_and_ranges(text, days):
    reading = read_dates(text, school_year="2020-21")
    assert (reading.dates, reading.problems) == ([date(2020, month, day) for month, day in days], [])


def test_a_weekday_after_the_date_is_checked_too():
    assert read_dates("October 14, 2020 (Tuesday)", school_year="2020-21").problems == [
        "Wed, Oct 14, 2020 is a Wednesday, not a Tuesday."
    ]


def test_a_pattern_may_be_followed_by_its_hours():
    reading = read_dates("first Tuesday monthly, October to December, 3:30-5:00 p.m.", school_year="2020-21")
    assert (reading.dates, reading.problems) == (TUESDAYS, [])


def test_read_dates_keeps_each_date_once():
    assert read_dates("Oct 14; 10/14/2020", school_year="2020-21").dates == [date(2020, 10, 14)]


def test_pattern_dates_finds_the_first_tuesday_of_each_month():
    found = pattern_dates(which="1", weekday=1, first=date(2026, 10, 1), last=date(2027, 1, 31))
    assert found == [date(2026, 10, 6), date(2026, 11, 3), date(2026, 12, 1), date(2027, 1, 5)]


def test_pattern_dates_finds_the_last_friday():
    found = pattern_dates(which="last", weekday=4, first=date(2026, 10, 1), last=date(2026, 11, 30))
    assert found == [date(2026, 10, 30), date(2026, 11, 27)]


def test_pattern_dates_leaves_out_days_and_keeps_the_fortnight():
    found = pattern_dates(
        which="fortnightly",
        weekday=2,
        first=date(2026, 10, 15),
        last=date(2026, 12, 3),
        skip=[date(2026, 11, 4)],
    )
    assert found == [date(2026, 10, 21), date(2026, 11, 18), date(2026, 12, 2)]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2026, 10, 2), date(2026, 10, 1), "The last day is before the first day."),
        (date(2026, 10, 7), date(2026, 10, 8), "No day in that range fits the pattern."),
        (date(2026, 10, 7), date(2030, 10, 8), "A pattern can cover two years at most."),
    ],
)
def test_pattern_dates_refuses_what_gives_no_series(first, last, sentence):
    with pytest.raises(PlanRefused, match=sentence):
        pattern_dates(which="1", weekday=1, first=first, last=last)


TUESDAYS = [date(2020, 10, 6), date(2020, 11, 3), date(2020, 12, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "first Tuesday monthly, October to December",
        "First Tuesday of the month from October 2020 through December 2020",
        "the 1st Tuesday of every month (Oct. - Dec.)",
        "monthly on the first Tuesday, October until December.",
        "every first Tuesday, October to December",
        "first tuesdays, october to november; December 1",
    ],
)
def test_read_dates_takes_patterns_in_words(text):
    reading = read_dates(text, school_year="2020-21")
    assert (reading.dates, reading.problems) == (TUESDAYS, [])


@pytest.mark.parametrize(
    ("text", "first", "number"),
    [
        ("first Tuesday monthly", date(2020, 9, 1), 10),
        ("last Thursday of each month", date(2020, 9, 24), 10),
        ("first and third Tuesday monthly, October to November", date(2020, 10, 6), 4),
        ("every second Tuesday of the month, October to November", date(2020, 10, 13), 2),
        ("every second Tuesday, October to November", date(2020, 10, 6), 4),
        ("every other Wednesday, October to October", date(2020, 10, 7), 2),
        ("Wednesdays, October to October", date(2020, 10, 7), 4),
        ("every Tuesday, December to January", date(2020, 12, 1), 9),
    ],
)
def test_patterns_in_words_say_how_often(text, first, number):
    reading = read_dates(text, school_year="2020-21")
    assert (reading.dates[:1], len(reading.dates), reading.problems) == ([first], number, [])


def test_a_pattern_in_words_keeps_to_the_days_given_beside_it():
    days = {"first": date(2020, 10, 1), "last": date(2020, 12, 31)}
    assert read_dates("first Tuesday monthly", school_year="2020-21", **days).dates == TUESDAYS


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "first Someday monthly",
            "“first Someday monthly” isn't a date we can read. Write it like October 14, 2020 or",
        ),
        ("Tuesday", "“Tuesday” isn't a date we can read."),
        (
            "first Tuesday monthly, May to October",
            "“first Tuesday monthly, May to October”: The last day is before",
        ),
    ],
)
def test_what_is_no_pattern_is_said(text, problem):
    reading = read_dates(text, school_year="2020-21")
    assert reading.dates == []
    assert reading.problems[0].startswith(problem)


def test_a_pattern_in_words_wants_a_school_year():
    assert read_dates("first Tuesday monthly", school_year="").problems == [
        "Add a year to “first Tuesday monthly”."
    ]
