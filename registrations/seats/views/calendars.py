"""One's own calendar to subscribe to, behind a private address."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.planning.views.feeds import calendar_response
from registrations.seats import calendars


@login_not_required
@require_safe
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Return the feed of the person whose private address this is; who resets it makes this one void."""
    person = calendars.person_with(token)
    if person is None:
        raise Http404
    response = calendar_response(calendars.person_calendar(person, timezone.now()), filename="meetings.ics")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
