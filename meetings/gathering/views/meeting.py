"""The page of a meeting, at one address for its whole life."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.gathering.pages.materials import materials_section
from meetings.gathering.pages.meeting import meeting_context
from meetings.models import meeting_roles
from partners.people.requests import PortalRequest
from stemnet import panels
from stemnet.public_pages import public_page


@login_not_required
@public_page
@require_safe
def meeting(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show a meeting as whoever looks may see it."""
    person, at = request.person, timezone.now()
    seen = meeting_roles.seen_by(person).select_related("network", "working_group__network", "host")
    one = get_object_or_404(seen, uid=uid)
    context = {
        **meeting_context(one, person=person, at=at),
        **materials_section(one, person=person, at=at),
        "sides": panels.of("meeting_side", one, person=person, at=at),
        "panels": panels.of("meeting", one, person=person, at=at),
    }
    return render(request, "meetings/gathering/meeting.html", context)
