"""The sign-in sheet of a meeting: on the screen, and as a PDF to print."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.models import Partnership
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.documents import BLANK_LINES, sign_in_sheet
from registrations.attendance.domain.roster import notes_of
from registrations.attendance.domain.sheet import on_sheet
from registrations.attendance.pages.desk import where
from registrations.attendance.views.attendance import markable
from stemnet.views.papers import on_paper


@never_cache
@require_safe
def staff_sheet(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the sign-in sheet: names, and room for times and a signature."""
    meeting = markable(request, uid)
    people = list(on_sheet(meeting))
    blank = range(len(people) + 1, len(people) + 1 + BLANK_LINES)
    context = {**where(meeting, person_or_404(request)), "people": people, "blank": blank}
    return render(request, "registrations/attendance/sheet.html", context)


@never_cache
@require_safe
def staff_sheet_pdf(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Hand out the sign-in sheet as a PDF."""
    meeting = markable(request, uid)
    issuer = str(Partnership.objects.first() or "")
    paper = sign_in_sheet(meeting, on_sheet(meeting), issuer=issuer, notes=notes_of)
    return on_paper(
        request,
        paper,
        name=f"sign-in-{meeting.on}",
        at=timezone.now(),
        otherwise=reverse("staff_sheet", args=[uid]),
    )
