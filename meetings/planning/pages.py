"""What the calendar shows: the meetings ahead or past, and a month as a grid; a slot of groups is one row."""

import calendar as months
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from meetings.models import Meeting, meeting_roles
from partners.models import Person

SUNDAY_FIRST = months.Calendar(firstweekday=months.SUNDAY)
Slot = tuple[int | None, datetime, datetime, str]


@dataclass(frozen=True)
class Row:
    """One row of the calendar: a meeting; ``together`` are those of all groups that meet in its slot."""

    meeting: Meeting
    together: list[Meeting] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return where the row leads: to its meeting; of a slot to the network, which lists its groups."""
        if self.is_slot and self.meeting.network:
            return self.meeting.network.get_absolute_url()
        return str(self.meeting.get_absolute_url())

    @property
    def is_slot(self) -> bool:
        """Return whether several groups meet at once."""
        return len(self.together) > 1


@dataclass(frozen=True)
class Day:
    """One day of the grid."""

    on: date
    inside: bool
    is_today: bool
    rows: list[Row]


def ahead(meetings: QuerySet[Meeting], *, at: datetime) -> QuerySet[Meeting]:
    """Return those that have not ended, soonest first; cancelled ones stay and say so."""
    return one_of_each_slot(meetings.filter(ends_at__gt=at)).order_by("starts_at", "pk")


def past(meetings: QuerySet[Meeting], *, at: datetime) -> QuerySet[Meeting]:
    """Return those that have ended, the newest first."""
    return one_of_each_slot(meetings.filter(ends_at__lte=at)).order_by("-starts_at", "-pk")


def grid(first: date, meetings: QuerySet[Meeting], *, today: date) -> list[list[Day]]:
    """Return the weeks of the month that begins at ``first``, with the meetings of each day."""
    weeks = SUNDAY_FIRST.monthdatescalendar(first.year, first.month)
    found = one_of_each_slot(meetings.filter(on__range=(weeks[0][0], weeks[-1][-1])))
    return weeks_of(first, rows_of(found.order_by("starts_at", "pk")), today=today)


def shown_to(person: Person | None) -> QuerySet[Meeting]:
    """Return the meetings for a calendar, cancelled ones included, with their network and group."""
    return meeting_roles.visible_to(person).select_related("network", "working_group")


def one_of_each_slot(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Return ``meetings`` with the first of several groups of a network that meet at the same time."""
    same = {name: OuterRef(name) for name in ("network", "starts_at", "ends_at", "status")}
    earlier = meetings.filter(in_slot=True, pk__lt=OuterRef("pk"), **same).order_by()
    return meetings.exclude(Q(in_slot=True) & Exists(earlier))


def rows_of(meetings: Iterable[Meeting]) -> list[Row]:
    """Return the rows of ``meetings``, each slot with all its groups, in one query."""
    found = list(meetings)
    slots = [one for one in found if one.in_slot]
    together: dict[Slot, list[Meeting]] = defaultdict(list)
    if slots:
        begins, networks = {one.starts_at for one in slots}, {one.network_id for one in slots}
        others = Meeting.objects.filter(in_slot=True, network__in=networks, starts_at__in=begins)
        for one in others.select_related("working_group").order_by("working_group__title", "pk"):
            together[_slot(one)].append(one)
    return [Row(one, together.get(_slot(one), []) if one.in_slot else []) for one in found]


def _slot(meeting: Meeting) -> Slot:
    return meeting.network_id, meeting.starts_at, meeting.ends_at, meeting.status


def _day(row: Row) -> date:
    return row.meeting.on


def weeks_of(first: date, rows: list[Row], *, today: date) -> list[list[Day]]:
    """Return the weeks of the month that begins at ``first``, each of seven days."""
    by_day = {on: list(group) for on, group in groupby(sorted(rows, key=_day), key=_day)}
    return [
        [Day(on, on.month == first.month, on == today, by_day.get(on, [])) for on in week]
        for week in SUNDAY_FIRST.monthdatescalendar(first.year, first.month)
    ]


def beside(first: date, step: int) -> date:
    """Return the first day of the month before (-1) or after (1)."""
    index = first.year * 12 + first.month - 1 + step
    return date(index // 12, index % 12 + 1, 1)
