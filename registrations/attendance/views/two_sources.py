"""A report and somebody's own phone disagree: look at both, and count both."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import roster, two_sources
from registrations.attendance.exceptions import AttendanceRefused
from registrations.attendance.pages.desk import where
from registrations.attendance.views.attendance import back, markable, source


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_count_both(request: PortalRequest, uid: UUID, registration: UUID) -> HttpResponse:
    """Show what a report and a phone say of one person; count both where staff say so."""
    meeting, viewer = markable(request, uid), person_or_404(request)
    reachable = roster.reachable(meeting, viewer=viewer).select_related("person", "network")
    one = get_object_or_404(reachable, uid=registration)
    if request.method == "POST":
        try:
            two_sources.count_both(
                registration=one,
                meeting=meeting,
                source=source(meeting, viewer),
                by=viewer,
                at=timezone.now(),
            )
        except AttendanceRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Both count for %(person)s.") % {"person": one.person})
        return back(request, meeting, str(registration))
    found = two_sources.sides_of(one, meeting)
    if found is None:
        return back(request, meeting, str(registration))
    context = {**where(meeting, viewer), "registration": one, "sides": found}
    return render(request, "registrations/attendance/two_sources.html", context)
