"""Calendars to subscribe to: the public one of a network."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from meetings.models import Network
from meetings.planning import calendars
from partners.people.requests import PortalRequest


@login_not_required
@require_safe
def network_calendar(request: PortalRequest, slug: str) -> HttpResponse:
    """Return the public feed of one network."""
    network = get_object_or_404(Network.objects.visible_to(request.person), slug=slug)
    return calendar_response(calendars.network_calendar(network), filename=f"{slug}.ics")


def calendar_response(content: str, *, filename: str) -> HttpResponse:
    """Return a calendar file as programs expect it."""
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{filename}"'},
    )
