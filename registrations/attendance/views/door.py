"""Who waits at the door, on the desk: let in by one press, or not."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.models import Meeting
from partners.people.requests import PortalRequest, acting
from registrations.attendance.domain import at_the_door, roster
from registrations.attendance.exceptions import AttendanceRefused
from registrations.attendance.pages.desk import door_rows
from registrations.attendance.views.attendance import markable
from registrations.models import DoorRequest
from registrations.seats.exceptions import RegistrationRefused


@never_cache
@require_safe
def staff_door(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Draw who waits and how far the desk has come, for a desk that is open."""
    meeting = markable(request, uid)
    context = {
        "meeting": meeting,
        "door": door_rows(meeting),
        "progress": roster.progress(meeting),
        "can_mark": True,
        "here": " ".join(map(str, roster.who_is_here(meeting))),
    }
    return render(request, "registrations/attendance/_door_news.html", context)


@require_POST
def staff_door_answer(request: PortalRequest, uid: UUID, asked: UUID) -> HttpResponse:
    """Let somebody in, or don't; what has to be known first is asked on the form of a walk-in."""
    meeting = markable(request, uid)
    desk = redirect("staff_meeting", uid=uid)
    if "refuse" in request.POST:
        if refused := at_the_door.refuse(asked, meeting=meeting, **acting(request)):
            messages.success(request, _("%(person)s wasn't let in.") % {"person": refused})
        return desk
    try:
        registration = at_the_door.let_in(asked, meeting=meeting, **acting(request))
    except (AttendanceRefused, RegistrationRefused) as refusal:
        messages.warning(request, str(refusal))
        return redirect(walk_in_of(meeting, asked))
    if registration is not None:
        messages.success(request, _("%(person)s is here.") % {"person": registration.person})
    return desk


def walk_in_of(meeting: Meeting, asked: UUID) -> str:
    """Return the form of a walk-in, filled in with what somebody at the door typed."""
    return f"{reverse('staff_walk_in', args=[meeting.uid])}?{urlencode({'door': asked})}"


def typed_at_the_door(meeting: Meeting, asked: str) -> dict[str, str]:
    """Return what somebody who waits has typed, for the form of a walk-in."""
    try:
        found = DoorRequest.objects.waiting().filter(meeting=meeting, uid=UUID(asked)).first()
    except ValueError:
        return {}
    if found is None:
        return {}
    return {"first_name": found.first_name, "last_name": found.last_name, "address": found.address}
