"""Calendars to subscribe to: a network's, open to all, and one's own behind a private address."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.models import Network
from partners.people.requests import PortalRequest
from registrations.seats import calendars


@login_not_required
@require_safe
def network_calendar(request: PortalRequest, slug: str) -> HttpResponse:
    """The public feed of one network."""
    network = get_object_or_404(Network.objects.visible_to(request.person), slug=slug)
    return calendar_response(calendars.network_calendar(network), filename=f"{slug}.ics")


@login_not_required
@require_safe
def my_calendar(request: PortalRequest, token: str) -> HttpResponse:
    """The feed of the person whose private address this is; who resets it makes this one void."""
    person = calendars.person_with(token)
    if person is None:
        raise Http404
    response = calendar_response(calendars.person_calendar(person, timezone.now()), filename="meetings.ics")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def calendar_response(content: str, *, filename: str) -> HttpResponse:
    """Return a calendar file as programs expect it."""
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{filename}"'},
    )
