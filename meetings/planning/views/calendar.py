"""The calendar: what is ahead as a list, and a month as a grid."""

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
from partners.models import local_day
from partners.people.requests import PortalRequest
from stemnet.public_pages import public_page


@method_decorator([login_not_required, public_page], name="dispatch")
class MeetingsAhead(ListView[Meeting]):
    """Every meeting that has not ended, soonest first."""

    request: PortalRequest
    template_name = "meetings/planning/calendar.html"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Meeting]:
        """Return what is ahead."""
        return pages.ahead(self.request.person, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the month to begin the grid with."""
        return {**super().get_context_data(**kwargs), "today": local_day(timezone.now())}


@login_not_required
@public_page
def month(request: PortalRequest, year: int, month: int) -> HttpResponse:
    """Show one month as a grid; on a phone, its days with meetings as a list."""
    if year not in pages.YEARS or month not in range(1, 13):
        raise Http404
    first = date(year, month, 1)
    weeks = pages.grid(first, person=request.person, today=local_day(timezone.now()))
    context = {
        "first": first,
        "weeks": weeks,
        "before": pages.beside(first, -1),
        "after": pages.beside(first, 1),
        "is_empty": not any(day.inside and day.meetings for week in weeks for day in week),
    }
    return render(request, "meetings/planning/month.html", context)
