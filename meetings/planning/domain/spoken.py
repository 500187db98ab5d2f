"""Patterns as people write them: "first Tuesday monthly", "every second Wednesday from October to May"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from meetings.planning.domain.calendar_words import month_of, weekday_of, year_bounds, year_of
from meetings.planning.domain.patterns import Which, pattern_dates

ORDINALS = {
    "first": Which.FIRST,
    "1st": Which.FIRST,
    "second": Which.SECOND,
    "2nd": Which.SECOND,
    "third": Which.THIRD,
    "3rd": Which.THIRD,
    "fourth": Which.FOURTH,
    "4th": Which.FOURTH,
    "last": Which.LAST,
}
ORDINAL = rf"(?:{'|'.join(ORDINALS)})"
A_MONTH = r"(?:monthly|(?:(?:of|in)\s+)?(?:the|each|every|a)\s+month)"
MONTH = r"[^\W\d_]{3,12}\.?(?:\s+\d{4})?"
SPAN = (
    rf"(?:,?\s*\(?(?:from\s+|between\s+)?(?P<from>{MONTH})\s*"
    rf"(?:to|until|till|through|thru|and|-|–)\s*(?P<until>{MONTH})\)?)?"
)
CLOCK = r"\d{1,2}(?::\d{2})?\s*(?:[-–—]|to\b|[ap]\.?\s?m)"
END = rf"(?=\s*(?:[;,.(\n]|$|(?:at|from|between)\s+\d|{CLOCK}))"
SPOKEN = re.compile(
    rf"\b(?P<monthly>monthly,?\s+)?(?:on\s+)?(?P<every>(?:every|each)\s+)?(?:the\s+)?"
    rf"(?:(?P<which>{ORDINAL}(?:\s*(?:,|and|&)+\s*(?:the\s+)?{ORDINAL})*|other)\s+)?"
    rf"(?P<weekday>[^\W\d_]{{3,12}}?)(?P<plural>s)?"
    rf"(?:,?\s+(?P<month>{A_MONTH})|,?\s+(?P<weekly>weekly|every\s+week)|,?\s+(?P<fortnightly>fortnightly|every\s+(?:other|second)\s+week))?"
    rf"{SPAN}{END}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Spoken:
    """One pattern in words: how often, the weekday (0 is Monday), and its months as written, or empty.

    A bare one, such as "Wednesdays", is none where dates follow it: "Wednesdays, October 14 and 21".
    """

    which: list[str]
    weekday: int
    first: str
    last: str
    is_bare: bool = False


def spoken(text: str) -> Iterator[tuple[tuple[int, int], Spoken]]:
    """Yield every pattern in ``text`` with where it stands."""
    for match in SPOKEN.finditer(text):
        which, weekday = how_often(match), weekday_of(match["weekday"])
        months = [name for name in (match["from"], match["until"]) if name]
        if which and weekday >= 0 and all(month_of(month_name(name)) for name in months):
            bare = bool(match["plural"] and not (months or match["every"] or match["which"]))
            yield match.span(), Spoken(which, weekday, match["from"] or "", match["until"] or "", bare)


def how_often(match: re.Match[str]) -> list[str]:
    """Return what the words say; nothing where they name a weekday alone, which is no pattern."""
    words = (match["which"] or "").lower()
    monthly = bool(match["monthly"] or match["month"])
    if (
        match["fortnightly"]
        or words == "other"
        or (words in ("second", "2nd") and match["every"] and not monthly)
    ):
        return [Which.FORTNIGHTLY]
    if words:
        return [ORDINALS[one] for one in re.findall(ORDINAL, words)]
    weekly = match["every"] or match["weekly"] or match["plural"]
    return [Which.WEEKLY] if weekly and not monthly else []


def days_of(
    one: Spoken, *, school_year: str, first: date | None = None, last: date | None = None
) -> list[date]:
    """Return its days in its months, else between ``first`` and ``last``, else from September to June.

    Raises PlanRefused where none fits, and ValueError where the school year is not known.
    """
    bounds = year_bounds(school_year)
    if bounds is None and not (first and last):
        raise ValueError(school_year)
    if one.first:
        first = month_start(one.first, school_year)
        last = month_start(one.last, school_year, after=1) - timedelta(days=1)
    elif bounds is not None:
        first = first or date(bounds[0].year, 9, 1)
        last = last or date(bounds[1].year, 6, 30)
    if first is None or last is None:
        raise ValueError(school_year)
    found = (pattern_dates(which=which, weekday=one.weekday, first=first, last=last) for which in one.which)
    return sorted({on for days in found for on in days})


def month_name(written: str) -> str:
    """Return the name in "May 2021" or "Sept."."""
    return written.split()[0].rstrip(".")


def month_start(written: str, school_year: str, *, after: int = 0) -> date:
    """Return the first day of the month, or of the month ``after`` it; ValueError without a year."""
    month = month_of(month_name(written))
    year = year_of(written.split()[1] if " " in written else None, month, school_year)
    if year is None:
        raise ValueError(school_year)
    more, index = divmod(month - 1 + after, 12)
    return date(year + more, index + 1, 1)
