"""Dates by a pattern: the first Tuesday of every month, every second week."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.planning.exceptions import PlanRefused

MOST_DATES = 60


class Which(models.TextChoices):
    """How often the weekday is meant."""

    FIRST = "1", gettext_lazy("first of the month")
    SECOND = "2", gettext_lazy("second of the month")
    THIRD = "3", gettext_lazy("third of the month")
    FOURTH = "4", gettext_lazy("fourth of the month")
    LAST = "last", gettext_lazy("last of the month")
    WEEKLY = "weekly", gettext_lazy("every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("every other week")


def pattern_dates(
    *, which: str, weekday: int, first: date, last: date, skip: Iterable[date] = ()
) -> list[date]:
    """Return the days from ``first`` to ``last`` that fit, without those to ``skip``; weekday 0 is Monday.

    These are wall dates: their instants come from the wall time of each date, never by adding hours
    (docs/rules.md 5.1). Raises PlanRefused where the days are back to front, too many, or none.
    """
    if last < first:
        raise PlanRefused(sentence=_("The last day is before the first day."))
    if (last - first).days > 731:
        raise PlanRefused(sentence=_("A pattern can cover two years at most."))
    left_out = set(skip)
    fitting = weeks if which in (Which.WEEKLY, Which.FORTNIGHTLY) else months
    found = [on for on in fitting(which, weekday, first, last) if on not in left_out]
    if not found:
        raise PlanRefused(sentence=_("No day in that range fits the pattern."))
    if len(found) > MOST_DATES:
        raise PlanRefused(
            sentence=_("That's more than %(most)d dates. Add them in smaller batches.") % {"most": MOST_DATES}
        )
    return found


def weeks(which: str, weekday: int, first: date, last: date) -> list[date]:
    """Return every weekday, or every second one, counted from the first on or after ``first``."""
    step = 2 if which == Which.FORTNIGHTLY else 1
    start = first + timedelta(days=(weekday - first.weekday()) % 7)
    count = (last - start).days // (7 * step) + 1
    return [start + timedelta(weeks=step * number) for number in range(max(0, count))]


def months(which: str, weekday: int, first: date, last: date) -> list[date]:
    """Return the n-th or last weekday of each month that falls between ``first`` and ``last``."""
    days = []
    for number in range((last.year - first.year) * 12 + last.month - first.month + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        on = nth_weekday(year, month + 1, weekday, which)
        if first <= on <= last:
            days.append(on)
    return days


def nth_weekday(year: int, month: int, weekday: int, which: str) -> date:
    """Return the first to fourth, or the last, ``weekday`` of a month."""
    start, length = calendar.monthrange(year, month)
    earliest = 1 + (weekday - start) % 7
    if which == Which.LAST:
        return date(year, month, earliest + 7 * ((length - earliest) // 7))
    return date(year, month, earliest + 7 * (int(which) - 1))
