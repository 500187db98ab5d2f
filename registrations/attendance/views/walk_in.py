"""Somebody walks in: the form at the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.models import Meeting
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import at_the_door
from registrations.attendance.domain.walking_in import walk_in
from registrations.attendance.exceptions import (
    AddressOfAnother,
    AttendanceRefused,
    CompletedMeanwhile,
    ReasonWanted,
)
from registrations.attendance.forms.walk_in import WalkInForm
from registrations.attendance.pages.desk import where
from registrations.attendance.views.attendance import markable
from registrations.attendance.views.door import typed_at_the_door
from registrations.seats.domain import seats
from registrations.seats.exceptions import RegistrationRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_walk_in(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Register, seat and mark somebody who came and is not on the list."""
    meeting, now = markable(request, uid), timezone.now()
    full = meeting.network is not None and seats.free_seats(meeting.network, at=now) < 1
    known = typed_at_the_door(meeting, request.GET.get("door", ""))
    form = WalkInForm(request.POST or None, meeting=meeting, full=full, initial=known)
    if request.method == "POST" and form.is_valid() and came(request, meeting, form):
        return redirect(reverse("staff_meeting", args=[meeting.uid]))
    context = {**where(meeting, person_or_404(request)), "form": form, "full": full}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/attendance/walk_in.html", context, status=status)


def came(request: PortalRequest, meeting: Meeting, form: WalkInForm) -> bool:
    """Let the domain take somebody in; what it refuses is said at the form."""
    values = form.cleaned_data
    with saying_at(form):
        registration = walk_in(meeting=meeting, by=person_or_404(request), at=timezone.now(), **values)
        at_the_door.came_in(meeting, registration.person, by=person_or_404(request), at=timezone.now())
        messages.success(request, _("%(person)s is here.") % {"person": registration.person})
    return form.is_valid()


@contextmanager
def saying_at(form: WalkInForm) -> Iterator[None]:
    """Say at the form what the domain refuses; what whoever is asked has not seen is raised."""
    try:
        yield
    except CompletedMeanwhile:
        raise
    except AddressOfAnother as question:
        form.ask_who(question.holder)
        form.add_error("address", str(question))
    except ReasonWanted as wanted:
        form.fields["reason"].widget = WalkInForm.base_fields["reason"].widget
        form.add_error("reason", str(wanted))
    except (AttendanceRefused, RegistrationRefused) as refusal:
        form.add_error(None, str(refusal))
