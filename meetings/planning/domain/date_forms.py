"""How people write dates: each form finds one date, or several of one month, in any sentence.

What stands around a date, such as times, rooms and the rest of the sentence, is not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS
from django.utils.translation import get_language

from meetings.planning.domain.calendar_words import ENGLISH, ENGLISH_DAYS, month_of

SHORTEST_MONTH, SHORTEST_DAY = 3, 2
CLOSE = 0.8  # how like a month a misspelt one is
NO_MONTHS = {"number", "numbers", "member", "members", "remember"}
# What may not follow the number of a day: it is a time or how many of something then.
NO_DAY = (
    r"(?![\d:/%]|\.\d|\s*[ap]\.?\s?m\b"
    r"|\s*(?:o['’]clock|noon|midnight|hours?|hrs?|minutes?|min|days?|people|seats)\b)"
)
ORD = r"(?:st|nd|rd|th)?"
ENDS = r"$|[,;.)(&\n]|(?:and|or|at|from|in|on|of|via|with)\b|\d{4}\b|['’]\d\d\b"
RANGES = r"[-–—]|(?:to|through|thru)\b"
NEXT_DAY = rf"\d{{1,2}}{ORD}{NO_DAY}"
FURTHER = (  # after a comma no range begins: "October 14, 9-12" is a time
    rf"(?: *, *(?:(?:and\b|or\b|&) *)?{NEXT_DAY}(?= *(?:{ENDS}))"
    rf"| *(?:and\b|or\b|&|{RANGES}) *{NEXT_DAY}(?= *(?:{ENDS}|{RANGES})))*"
)
STEP = re.compile(rf"( *(?:, *(?:and\b|or\b|&)?|and\b|or\b|&|{RANGES}) *)(\d{{1,2}}){ORD}", re.IGNORECASE)
RANGE = re.compile(rf"\s*(?:{RANGES})\s*", re.IGNORECASE)
YEAR = r"(?:,?\s*(?:(?P<year>(?:19|20)\d\d)(?![\d/:]|-\d)|['’](?P<short>\d\d)(?!\d)))?"
APART = r"(?<![\d/.:-])"
NUMBERS = (
    rf"{APART}(?P<month>\d{{1,2}})(?P<sep>[/.-])(?P<day>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|\d{{2}})(?![\d/:])"
)
SHORT_NUMBERS = (
    rf"{APART}(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})"
    r"(?![\d/:]|\.\d|\s*(?:hours?|days?|miles?|credits?)\b)"
)
NOT_A_MONTH = re.compile(r"(?<![^\W\d_])([^\W\d_]{4,10})\.?\s+\d{1,2}(?!\d)(?:,?\s+\d{4}\b)?")


@dataclass(frozen=True)
class Written:
    """One date as written, or several days of one month; ``days`` has each with whether it ends a range."""

    start: int
    end: int
    month: int
    days: list[tuple[int, bool]]
    year: str | None
    weekday: str | None


def written_dates(text: str) -> Iterator[Written]:
    """Yield every date in ``text``, from left to right."""
    at, forms = 0, date_forms(get_language() or "en")
    while True:
        found = [match for form in forms if (match := first_of(form, text, at))]
        if not found:
            return
        first = min(found, key=lambda match: match.start())  # of two at one place, the form named first
        one = read(first)
        yield one
        at = max(one.end, at + 1)


def first_of(form: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """Return the first date of this form from ``at`` on; "the 5 may send" names none."""
    found = form.finditer(text, at)
    return next((match for match in found if not match.groupdict().get("verb")), None)


def misspelt(text: str) -> list[re.Match[str]]:
    """Return what looks like a date but for its month, such as "Octber 14, 2020"."""
    return [
        match
        for match in NOT_A_MONTH.finditer(text)
        if not month_of(match[1])
        and match[1].lower() not in NO_MONTHS
        and get_close_matches(match[1].lower(), ENGLISH, n=1, cutoff=CLOSE)
    ]


def read(match: re.Match[str]) -> Written:
    """Return what a form has found."""
    parts = match.groupdict()
    month = month_of(parts["name"]) if parts.get("name") else int(parts["month"])
    days, end = [(int(parts["day"]), False)], match.end()
    if more := parts.get("more"):
        days, stopped = further_days(days, more)
        if stopped is not None:
            end = match.start("more") + stopped
            parts["year"] = parts["short"] = None
    weekday = parts.get("weekday") or parts.get("after")
    return Written(match.start(), end, month, days, parts.get("year") or parts.get("short"), weekday)


def further_days(days: list[tuple[int, bool]], more: str) -> tuple[list[tuple[int, bool]], int | None]:
    """Return ``days`` and those in ", 21 and 28", each later than the one before.

    Also where in ``more`` they stop, as at a time of day after the date; None where all of it are days.
    """
    for match in STEP.finditer(more):
        if int(match[2]) <= days[-1][0]:
            return days, match.start()
        days = [*days, (int(match[2]), bool(RANGE.fullmatch(match[1])))]
    return days, None


@cache
def date_forms(language: str) -> list[re.Pattern[str]]:
    """Return the forms of dates in the words of ``language`` and in English."""
    months = one_of(
        [*ENGLISH, *(str(name) for names in (MONTHS, MONTHS_3) for name in names.values())], SHORTEST_MONTH
    )
    weekdays = one_of([*ENGLISH_DAYS, *(str(name) for name in WEEKDAYS.values())], SHORTEST_DAY)
    before = rf"(?:(?<![^\W_])(?P<weekday>{weekdays})s?\b\.?,?\s+)?(?<![^\W_])"
    after = rf"(?:,?\s*\((?P<after>{weekdays})\.?\))?"
    day = rf"(?P<day>\d{{1,2}}){ORD}{NO_DAY}"
    written = [
        rf"{before}(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?!\d){after}",
        rf"{before}{NUMBERS}{after}",
        rf"{before}{SHORT_NUMBERS}{after}",
        rf"{before}(?P<name>{months})\b\.?\s*(?:the\s+)?{day}(?P<more>{FURTHER}){YEAR}{after}",
        rf"{before}(?:the\s+)?{day}\s+(?:(?-i:(?P<verb>may|march)\s+(?!\d))|(?:of\s+)?(?P<name>{months})\b\.?{YEAR}{after})",
    ]
    return [re.compile(form, re.IGNORECASE) for form in written]


def one_of(names: list[str], shortest: int) -> str:
    """Return a pattern for each of ``names``, whole or cut off after ``shortest`` letters or more."""
    cut = {name.lower()[:length] for name in names for length in range(shortest, len(name) + 1)}
    return "|".join(sorted(map(re.escape, filter(None, cut)), key=lambda name: (-len(name), name)))
