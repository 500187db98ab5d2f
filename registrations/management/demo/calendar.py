"""Dates of the demo: the pattern of the 2020-21 network, moved into other school years."""

from datetime import date, timedelta

from stemnet.wording import school_year_begun

STELDN_DATES = [
    date(2020, 10, 14),
    date(2020, 12, 8),
    date(2021, 2, 10),
    date(2021, 4, 13),
    date(2021, 5, 26),
]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the ``nth`` (1 to 4) ``weekday`` (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def same_pattern(days: list[date], *, first_year: int) -> list[date]:
    """Return for each day the same weekday of its month in the school year from ``first_year``."""
    start = min(days).year
    return [
        nth_weekday(first_year + day.year - start, day.month, day.weekday(), (day.day - 1) // 7 + 1)
        for day in days
    ]


def first_tuesdays(first_year: int) -> list[date]:
    """Return first Tuesdays, September to May."""
    months = [(first_year, month) for month in range(9, 13)] + [
        (first_year + 1, month) for month in range(1, 6)
    ]
    return [nth_weekday(year, month, 1, 1) for year, month in months]


def coming_year(today: date) -> int:
    """Return the year in which the next school year starts."""
    return school_year_begun(today) + 1


def weekday_after(today: date, weekday: int, *, days: int) -> date:
    """Return the first ``weekday`` at least ``days`` days after today."""
    day = today + timedelta(days=days)
    return day + timedelta(days=(weekday - day.weekday()) % 7)
