"""Calendars to subscribe to: the public one of all networks, and that of one."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.models import Meeting, Network
from meetings.planning import calendars
from meetings.planning.forms.calendar_filter import CalendarFilterForm
from partners.people.requests import PortalRequest
from stemnet.public_pages import public_page

KEPT = timedelta(days=366)


@login_not_required
@require_safe
def network_calendar(request: PortalRequest, slug: str) -> HttpResponse:
    """Return the public feed of one network."""
    network = get_object_or_404(Network.objects.visible_to(request.person), slug=slug)
    return calendar_response(calendars.network_calendar(network), filename=f"{slug}.ics")


@login_not_required
@public_page
@require_safe
def calendar_feed(request: PortalRequest) -> HttpResponse:
    """Return the public feed of all networks, narrowed as the calendar was."""
    since = timezone.now() - KEPT
    own = Meeting.objects.visible_to(None).own().filter(ends_at__gt=since)
    shown = CalendarFilterForm(request.GET).narrow(own.select_related("network", "working_group"))
    content = calendars.all_calendar(shown.order_by("starts_at", "pk"))
    return calendar_response(content, filename="calendar.ics")


def calendar_response(content: str, *, filename: str) -> HttpResponse:
    """Return a calendar file as programs expect it."""
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{filename}"'},
    )
