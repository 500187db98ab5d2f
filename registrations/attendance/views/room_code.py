"""The screen that shows the code for the room, for whoever takes attendance."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Meeting
from partners.people.requests import PortalRequest
from registrations.attendance.domain import room_codes
from registrations.attendance.pages.room_code import screen_json, screen_page
from registrations.attendance.views.attendance import markable


def with_room(request: PortalRequest, uid: UUID) -> Meeting:
    """Return a meeting whose attendance the asker takes and that has a code, else 404."""
    meeting = markable(request, uid)
    if meeting.network is None:
        raise Http404
    return meeting


@never_cache
@require_safe
def staff_room_code(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the code, large, for a screen in the room."""
    meeting, now = with_room(request, uid), timezone.now()
    return render(request, "registrations/attendance/room_code.html", screen_page(meeting, at=now))


@never_cache
@require_safe
def staff_room_code_next(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Give the screen the codes that it has not: those after the half minute ``after``."""
    meeting, after = with_room(request, uid), request.GET.get("after", "")
    step = int(after) if after.isdecimal() and len(after) < 12 else 0
    series = request.GET.get("series", "")
    return JsonResponse(screen_json(meeting, at=timezone.now(), after=step, series=series))


@require_POST
def staff_room_code_renew(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Make every code void that was shown so far, such as on a photo that went around."""
    meeting = with_room(request, uid)
    room_codes.renew(meeting, at=timezone.now())
    messages.success(request, _("The codes up to now no longer work. The screen shows new ones."))
    return redirect("staff_room_code", uid=uid)
