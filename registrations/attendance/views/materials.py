"""Telling people of new materials: who would get the e-mail, and the button."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest, acting
from registrations.attendance.domain import telling_materials
from registrations.attendance.exceptions import NothingToTell
from registrations.attendance.views.attendance import markable


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_tell_materials(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show who would be told of which materials, and tell them."""
    meeting, refusal = markable(request, uid), ""
    if request.method == "POST":
        try:
            number = telling_materials.tell(meeting, **acting(request))
        except NothingToTell as nothing:
            refusal = str(nothing)
        else:
            said = ngettext("We're writing to one person.", "We're writing to %(number)s people.", number)
            messages.success(request, said % {"number": number})
            return redirect(meeting)
    at = timezone.now()
    plan = telling_materials.plan(meeting, list(telling_materials.untold(meeting, at=at)))
    hidden = telling_materials.still_hidden(meeting, at=at)
    context = {
        "meeting": meeting,
        "network": meeting.network,
        "plan": plan,
        "hidden": hidden,
        "refusal": refusal,
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "registrations/attendance/tell_materials.html", context, status=status)
