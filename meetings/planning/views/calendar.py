"""The calendar: what is ahead or past as a list, and a month as a grid, narrowed as asked."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import ListView

from meetings.models import Meeting
from meetings.planning import pages
from meetings.planning.calendars import all_subscription
from meetings.planning.domain import planning
from meetings.planning.forms.calendar_filter import CalendarFilterForm
from partners.models import local_day
from partners.people.requests import PortalRequest
from stemnet.public_pages import public_page


@method_decorator([login_not_required, public_page], name="dispatch")
class MeetingsAhead(ListView[Meeting]):
    """Every meeting that has not ended, soonest first."""

    request: PortalRequest
    template_name = "meetings/planning/calendar.html"
    paginate_by = 30
    is_past = False

    def get_queryset(self) -> QuerySet[Meeting]:
        """Return what is ahead of what was asked for."""
        self.form = CalendarFilterForm(self.request.GET)
        return self.in_time(self.form.narrow(pages.shown_to(self.request.person)))

    def in_time(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Return those that have not ended."""
        return pages.ahead(meetings, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of this page, the ways into other calendars, and the month to begin the grid with."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "form": self.form,
            "rows": pages.rows_of(context["object_list"]),
            "is_past": self.is_past,
            "subscription": all_subscription(self.form.chosen()),
            "today": local_day(timezone.now()),
        }


class PastMeetings(MeetingsAhead):
    """Every meeting that has ended, the newest first."""

    is_past = True

    def in_time(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Return those that have ended."""
        return pages.past(meetings, at=timezone.now())


@login_not_required
@public_page
def month(request: PortalRequest, year: int, month: int) -> HttpResponse:
    """Show one month as a grid; on a phone, its days with meetings as a list."""
    if year not in planning.YEARS or month not in range(1, 13):
        raise Http404
    first, form = date(year, month, 1), CalendarFilterForm(request.GET)
    shown = form.narrow(pages.shown_to(request.person))
    weeks = pages.grid(first, shown, today=local_day(timezone.now()))
    context = {
        "first": first,
        "form": form,
        "weeks": weeks,
        "before": pages.beside(first, -1),
        "after": pages.beside(first, 1),
        "is_empty": not any(day.inside and day.rows for week in weeks for day in week),
    }
    return render(request, "meetings/planning/month.html", context)
