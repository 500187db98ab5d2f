"""The calendar: what is ahead as a list, and a month as a grid."""

import calendar as months
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import ListView

from meetings.models import Meeting
from partners.models import Partnership, Person
from partners.people.requests import PortalRequest

SUNDAY_FIRST = months.Calendar(firstweekday=months.SUNDAY)
YEARS = range(2000, 2100)


def shown_to(person: Person | None) -> QuerySet[Meeting]:
    """Return the meetings for a calendar, cancelled ones included, with their network and group."""
    return Meeting.objects.visible_to(person).select_related("network", "working_group")


def today() -> date:
    """Return the day that it is where the partnership is."""
    zone = Partnership.objects.values_list("zone", flat=True).first() or "UTC"
    return timezone.localdate(timezone=ZoneInfo(zone))


@dataclass(frozen=True)
class Day:
    """One day of the grid."""

    on: date
    inside: bool
    is_today: bool
    meetings: list[Meeting]


@method_decorator(login_not_required, name="dispatch")
class MeetingsAhead(ListView):
    """Every meeting that has not ended, soonest first."""

    request: PortalRequest
    template_name = "meetings/planning/calendar.html"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Meeting]:
        """Return what is ahead; cancelled meetings stay in the list and say so."""
        person = self.request.person
        return shown_to(person).filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the month to begin the grid with."""
        return {**super().get_context_data(**kwargs), "today": today()}


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


@login_not_required
def month(request: PortalRequest, year: int, month: int) -> HttpResponse:
    """Show one month as a grid; on a phone, its days with meetings as a list."""
    if year not in YEARS or month not in range(1, 13):
        raise Http404
    first = date(year, month, 1)
    weeks = SUNDAY_FIRST.monthdatescalendar(year, month)
    person = request.person
    found = list(shown_to(person).filter(on__range=(weeks[0][0], weeks[-1][-1])).order_by("starts_at", "pk"))
    grid = weeks_of(first, found, today=today())
    return render(
        request,
        "meetings/planning/month.html",
        {
            "first": first,
            "weeks": grid,
            "before": beside(first, -1),
            "after": beside(first, 1),
            "is_empty": not any(day.inside and day.meetings for week in grid for day in week),
        },
    )
