"""Names of months and weekdays, and the school year that a date without a year falls into."""

import re
from datetime import date

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS

from stemnet.wording import first_day_of_school_year

ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def month_of(name: str) -> int:
    """Return the number of the month of this name, in the reader's words or (shortened) English; else 0."""
    word = name.lower()
    for number, english in enumerate(ENGLISH, start=1):
        local = (str(MONTHS[number]).lower(), str(MONTHS_3[number]).lower())
        if word in local or (len(word) >= 3 and english.startswith(word)):
            return number
    return 0


def weekday_of(name: str) -> int:
    """Return 0 for Monday to 6 for Sunday, or -1 where the word is no weekday."""
    word = name.lower()
    for number, english in enumerate(ENGLISH_DAYS):
        local = str(WEEKDAYS[number]).lower()
        if word == local or (len(word) >= 2 and english.startswith(word)):
            return number
    return -1


def year_bounds(school_year: str) -> tuple[date, date] | None:
    """Return the first and last day of a school year, or None where it is not written like 2020-21."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", school_year.strip())
    if not match or (int(match[1]) + 1) % 100 != int(match[2]) or not 1900 < int(match[1]) < 2200:
        return None
    return first_day_of_school_year(int(match[1])), date(int(match[1]) + 1, 8, 31)


def year_of(written: str | None, month: int, school_year: str) -> int | None:
    """Return the year as written (two digits are this century's), else the one of the school year."""
    if written:
        return int(written) if len(written) == 4 else 2000 + int(written)
    bounds = year_bounds(school_year)
    if bounds is None:
        return None
    return bounds[0].year if month >= bounds[0].month else bounds[1].year
