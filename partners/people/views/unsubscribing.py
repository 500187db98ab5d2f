"""Stopping mail by the link that each reminder carries; only a POST changes anything.

See docs/rules.md 7.3, 7.4.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partners.people.domain import preferences
from partners.people.exceptions import LinkRefused
from partners.people.requests import PortalRequest


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: PortalRequest, token: str) -> HttpResponse:
    """Ask on GET, stop the mail on POST, also on the one-click POST of a mail program (RFC 8058)."""
    try:
        person, topic = preferences.read(token)
    except LinkRefused:
        return render(request, "partners/people/unsubscribe_void.html", status=404)
    if request.method == "POST":
        if "again" in request.POST:
            preferences.unmute(person, topic)
        else:
            preferences.mute(person, topic, at=timezone.now())
    wanted = preferences.wants(person, topic)
    done = request.method == "POST"
    return render(
        request, "partners/people/unsubscribe.html", {"topic": topic.label, "wanted": wanted, "done": done}
    )
