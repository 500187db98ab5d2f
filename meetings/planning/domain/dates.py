"""Dates as people paste them: "October 14, 2020; December 8, 2020; … and May 26, 2021"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from meetings.planning.domain import spoken
from meetings.planning.domain.calendar_words import month_of, weekday_of, year_bounds, year_of
from meetings.planning.domain.patterns import MOST_DATES
from meetings.planning.exceptions import PlanRefused
from stemnet import wording

SPACE = re.compile(r"\s+")
BULLET = re.compile(r"^[ \t]*(?:[-*•·–]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
BETWEEN = re.compile(r"(?:[\s,;&]|\band\b)+", re.IGNORECASE)
PIECE = re.compile(r"[^;\n,]+?(?=\s*(?:[;\n,]|\band\b|$))", re.IGNORECASE)
WEEKDAY = r"(?:(?P<weekday>[^\W\d_]{2,})\.?,?\s+)?"
YEAR_LAST = r"(?:,?\s+(?P<year>\d{4}))?(?![\d/:])"
FORMS = [
    re.compile(WEEKDAY + r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(WEEKDAY + r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?(?![\d/])"),
    re.compile(WEEKDAY + r"(?P<name>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?" + YEAR_LAST),
    re.compile(WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[^\W\d_]{3,})\.?" + YEAR_LAST),
]


class Nonsense(Exception):
    """One piece is no date; ``str()`` is the sentence that says why."""


@dataclass
class Reading:
    """What was read: the dates in order, each once, and a sentence for every piece that is none."""

    dates: list[date] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_dates(
    text: str, *, school_year: str, first: date | None = None, last: date | None = None
) -> Reading:
    """Read every date in ``text``; one without a year falls into ``school_year`` (such as 2020-21).

    Patterns in words are read, too: in their months, else from ``first`` to ``last``.
    """
    reading = Reading()
    found: set[date] = set()
    text = SPACE.sub(lambda space: "\n" if "\n" in space[0] else " ", text)
    for (start, end), pattern in reversed(list(spoken.spoken(text))):
        try:
            found |= set(spoken.days_of(pattern, school_year=school_year, first=first, last=last))
        except ValueError:
            reading.problems.append(_("Add a year to “%(piece)s”.") % {"piece": shortened(text[start:end])})
        except PlanRefused as refusal:
            reading.problems.append(f"“{shortened(text[start:end])}”: {refusal}")
        text = f"{text[:start]};{text[end:]}"
    for piece, match in pieces(text):
        try:
            found.add(date_in(piece, match, school_year))
        except Nonsense as nonsense:
            reading.problems.append(str(nonsense))
    if len(found) > MOST_DATES:
        reading.problems.append(
            _("That's more than %(most)d dates. Add them in smaller batches.") % {"most": MOST_DATES}
        )
    reading.dates = sorted(found)
    return reading


def pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Cut ``text`` into its pieces, each with the form of date that it has, or None."""
    text, at = BULLET.sub("", text).strip().rstrip("."), 0
    while at < len(text):
        between = BETWEEN.match(text, at)
        if between:
            at = between.end()
            continue
        match = next((m for form in FORMS if (m := form.match(text, at)) and is_named(m)), None)
        piece = match or PIECE.match(text, at)
        end = piece.end() if piece else len(text)
        yield text[at:end].strip(), match
        at = end


def is_named(match: re.Match[str]) -> bool:
    """Return whether the words that stand for a month and a weekday are such."""
    parts = match.groupdict()
    month, weekday = parts.get("name"), parts.get("weekday")
    return (month is None or month_of(month) > 0) and (weekday is None or weekday_of(weekday) >= 0)


def date_in(piece: str, match: re.Match[str] | None, school_year: str) -> date:
    """Return the date that ``piece`` names; else Nonsense."""
    if match is None:
        raise Nonsense(
            _(
                "“%(piece)s” isn't a date we can read. Write it like October 14, 2020 or 10/14/2020 "
                "or 2020-10-14."
            )
            % {"piece": shortened(piece)}
        )
    parts = match.groupdict()
    month = month_of(parts["name"]) if parts.get("name") else int(parts["month"])
    year = year_of(parts["year"], month, school_year)
    if year is None:
        raise Nonsense(_("Add a year to “%(piece)s”.") % {"piece": piece})
    try:
        on = date(year, month, int(parts["day"]))
    except ValueError:
        raise Nonsense(_("“%(piece)s” isn't a real date.") % {"piece": piece}) from None
    check_weekday(on, parts.get("weekday"))
    if not is_in_year(on, school_year):
        raise Nonsense(outside_year(on, school_year))
    return on


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
