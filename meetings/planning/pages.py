"""What the calendar shows: the meetings ahead, and a month as a grid."""

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from meetings.models import Meeting
from partners.models import Person

SUNDAY_FIRST = months.Calendar(firstweekday=months.SUNDAY)
YEARS = range(2000, 2100)


@dataclass(frozen=True)
class Day:
    """One day of the grid."""

    on: date
    inside: bool
    is_today: bool
    meetings: list[Meeting]


def ahead(person: Person | None, *, at: datetime) -> QuerySet[Meeting]:
    """Return every meeting that has not ended, soonest first; cancelled ones stay and say so."""
    return shown_to(person).filter(ends_at__gt=at).order_by("starts_at", "pk")


def grid(first: date, *, person: Person | None, today: date) -> list[list[Day]]:
    """Return the weeks of the month that begins at ``first``, with the meetings of each day."""
    weeks = SUNDAY_FIRST.monthdatescalendar(first.year, first.month)
    found = shown_to(person).filter(on__range=(weeks[0][0], weeks[-1][-1])).order_by("starts_at", "pk")
    return weeks_of(first, list(found), today=today)


def shown_to(person: Person | None) -> QuerySet[Meeting]:
    """Return the meetings for a calendar, cancelled ones included, with their network and group."""
    return Meeting.objects.visible_to(person).select_related("network", "working_group")


def weeks_of(first: date, meetings: list[Meeting], *, today: date) -> list[list[Day]]:
    """Return the weeks of the month that begins at ``first``, each of seven days."""
    return [
        [Day(on, on.month == first.month, on == today, [m for m in meetings if m.on == on]) for on in week]
        for week in SUNDAY_FIRST.monthdatescalendar(first.year, first.month)
    ]


def beside(first: date, step: int) -> date:
    """Return the first day of the month before (-1) or after (1)."""
    index = first.year * 12 + first.month - 1 + step
    return date(index // 12, index % 12 + 1, 1)
