"""The page of a meeting, at one address for its whole life."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.gathering import calendars
from meetings.gathering.pages.agenda import with_agenda
from meetings.gathering.pages.left_behind import with_minutes
from meetings.gathering.pages.materials import materials_section
from meetings.gathering.pages.meeting import meeting_context, with_place
from meetings.models import meeting_roles
from meetings.planning.views.feeds import calendar_response
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
    known = with_minutes(with_place(with_agenda(seen)), person)
    one = get_object_or_404(known, uid=uid)
    context = {
        **meeting_context(one, person=person, at=at),
        **materials_section(one, person=person, at=at),
        "material_panels": panels.of("meeting_materials", one, person=person, at=at),
        "sides": panels.of("meeting_side", one, person=person, at=at),
        "panels": panels.of("meeting", one, person=person, at=at),
    }
    return render(request, "meetings/gathering/meeting.html", context)


@login_not_required
@require_safe
def meeting_calendar(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Return one meeting as a calendar file, which may be subscribed to."""
    meetings = meeting_roles.visible_to(request.person)
    one = get_object_or_404(meetings.select_related("network", "working_group__network"), uid=uid)
    return calendar_response(calendars.meeting_calendar(one), filename=f"{one.on:%Y-%m-%d}.ics")
