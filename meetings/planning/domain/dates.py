"""Dates as people paste them, listed or in any sentence: "held on October 14, 2020; … and May 26, 2021"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from meetings.planning.domain import spoken
from meetings.planning.domain.calendar_words import weekday_of, year_bounds, year_of
from meetings.planning.domain.date_forms import RANGE, Written, misspelt, written_dates
from meetings.planning.domain.patterns import MOST_DATES
from meetings.planning.exceptions import PlanRefused
from stemnet import wording

SPACE = re.compile(r"\s+")
LONGEST_RANGE = timedelta(days=7)  # "July 7-11" are five days; from October to May is the span of a series
LEFT_OUT = re.compile(r"[;\n]")
EMPTY = re.compile(r"(?:[\W_]|\b(?:and|or|on|the|from|to|\d{1,2})\b)*", re.IGNORECASE)


class Nonsense(Exception):
    """One piece is no date; ``str()`` is the sentence that says why."""


@dataclass
class Reading:
    """The dates in order, each once; a sentence for every one that can't be; the words around them."""

    dates: list[date] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_dates(
    text: str, *, school_year: str, first: date | None = None, last: date | None = None
) -> Reading:
    """Read every date in ``text``; one without a year falls into ``school_year`` (such as 2020-21).

    Patterns in words are read, too: in their months, else from ``first`` to ``last``. Words around dates
    are left out; a text without any date is a problem.
    """
    reading = Reading()
    found: set[date] = set()
    text = SPACE.sub(lambda space: "\n" if "\n" in space[0] else " ", text).strip()
    for (start, end), pattern in reversed(list(spoken.spoken(text))):
        if pattern.is_bare and next((one for one in written_dates(text[end : end + 40])), None):
            continue
        try:
            found |= set(spoken.days_of(pattern, school_year=school_year, first=first, last=last))
        except ValueError:
            reading.problems.append(_("Add a year to “%(piece)s”.") % {"piece": shortened(text[start:end])})
        except PlanRefused as refusal:
            reading.problems.append(f"“{shortened(text[start:end])}”: {refusal}")
        text = f"{text[:start]};{text[end:]}"
    found |= set(single_dates(text, school_year, reading))
    if text and not found and not reading.problems:
        reading.problems.append(no_date(text))
    if len(found) > MOST_DATES:
        reading.problems.append(
            _("That's more than %(most)d dates. Add them in smaller batches.") % {"most": MOST_DATES}
        )
    reading.dates = sorted(found)
    return reading


def single_dates(text: str, school_year: str, reading: Reading) -> Iterator[date]:
    """Yield the dates in ``text``; what can't be one, and the words around, go into ``reading``."""
    for match in misspelt(text):
        reading.problems.append(no_date(match[0]))
        text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    before, end = None, 0
    for one in written_dates(text):
        between, end = text[end : one.start], one.end
        try:
            days = list(days_in(one, text, school_year))
        except Nonsense as nonsense:
            reading.problems.append(str(nonsense))
            before = None
            continue
        if before and RANGE.fullmatch(between):
            yield from days_between(before, days[0])
        else:
            leave_out(between, reading)
        before = days[-1]
        yield from days
    leave_out(text[end:], reading)


def leave_out(words: str, reading: Reading) -> None:
    """Keep what stands between dates, to say that it was left out."""
    for piece in LEFT_OUT.split(words):
        if not EMPTY.fullmatch(piece):
            reading.left_out.append(shortened(piece.strip(" ,.:()-–•*")))


def days_in(one: Written, text: str, school_year: str) -> Iterator[date]:
    """Yield the days of ``one`` date as written; else Nonsense."""
    piece = text[one.start : one.end].strip()
    before = None
    for number, (day, ends_range) in enumerate(one.days):
        on = date_of(one, day, piece, school_year)
        if number == 0:
            check_weekday(on, one.weekday)
        if not is_in_year(on, school_year):
            raise Nonsense(outside_year(on, school_year))
        if before and ends_range:
            yield from days_between(before, on)
        yield on
        before = on


def date_of(one: Written, day: int, piece: str, school_year: str) -> date:
    """Return the date of one day; else Nonsense."""
    year = year_of(one.year, one.month, school_year) if 1 <= one.month <= 12 else 0
    if year is None:
        raise Nonsense(_("Add a year to “%(piece)s”.") % {"piece": piece})
    try:
        return date(year, one.month, day)
    except ValueError:
        raise Nonsense(_("“%(piece)s” isn't a real date.") % {"piece": piece}) from None


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days between the ends of a range of a week at most; a longer one is the span of a series."""
    if timedelta(0) < last - first <= LONGEST_RANGE:
        yield from (first + timedelta(days=step) for step in range(1, (last - first).days))


def no_date(piece: str) -> str:
    """Return the sentence about words in which there is no date."""
    words = _(
        "“%(piece)s” isn't a date we can read. Write it like October 14, 2020 or 10/14/2020 or 2020-10-14."
    )
    return words % {"piece": shortened(piece)}


def check_weekday(on: date, written: str | None) -> None:
    """Refuse a weekday that the date does not fall on: one of the two is a slip."""
    if written and weekday_of(written) != on.weekday():
        raise Nonsense(
            _("%(day)s is a %(right)s, not a %(wrong)s.")
            % {
                "day": wording.day(on),
                "right": WEEKDAYS[on.weekday()],
                "wrong": WEEKDAYS[weekday_of(written)],
            }
        )


def is_in_year(on: date, school_year: str) -> bool:
    """Return whether a day is in the school year, July to August; any day is in an unknown one."""
    bounds = year_bounds(school_year)
    return bounds is None or bounds[0] <= on <= bounds[1]


def outside_year(on: date, school_year: str) -> str:
    """Return the sentence that refuses a day outside the school year."""
    return _("%(day)s is not in the school year %(year)s.") % {"day": wording.day(on), "year": school_year}


def shortened(piece: str) -> str:
    """Return ``piece`` short enough for a sentence."""
    return piece if len(piece) <= 40 else f"{piece[:40]}…"
