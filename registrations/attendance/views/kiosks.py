"""Kiosks of a meeting, for its staff: opening one, handing the tablet over, closing it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.models import Meeting
from partners.people.requests import PortalRequest, person_or_404
from registrations.attendance.domain import kiosks
from registrations.attendance.exceptions import AttendanceRefused
from registrations.attendance.forms.kiosk import KioskForm
from registrations.attendance.pages.kiosk_list import kiosk_list
from registrations.attendance.views.attendance import markable
from registrations.models import Kiosk
from stemnet.qr import qr_inline


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_kiosk(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show the kiosks of a meeting, and open one."""
    meeting = markable(request, uid)
    if request.method != "POST":
        return page(request, meeting, KioskForm())
    form = KioskForm(request.POST)
    if not form.is_valid():
        return page(request, meeting, form, status=422)
    try:
        token = kiosks.open_kiosk(
            meeting=meeting,
            uid=form.cleaned_data["uid"],
            place=form.cleaned_data["place"],
            by=person_or_404(request),
            at=timezone.now(),
        )
    except AttendanceRefused as refusal:
        form.add_error(None, str(refusal))
        return page(request, meeting, form, status=422)
    return started(request, meeting, token, how=form.cleaned_data["how"])


def started(request: PortalRequest, meeting: Meeting, token: str, *, how: str) -> HttpResponse:
    """Go to the new kiosk, or show its link once; nobody's session is on a tablet that was handed over."""
    if not token:
        messages.info(
            request, _("This kiosk is open already. Its link is shown only once; open another one.")
        )
        return redirect("staff_kiosk", uid=meeting.uid)
    address = reverse("kiosk", args=[token])
    if how == KioskForm.OTHER:
        link = f"{settings.SITE_URL}{address}"
        return page(request, meeting, KioskForm(), link=link, qr=qr_inline(link))
    if how == KioskForm.HERE:
        logout(request)
    return redirect(address)


def page(
    request: PortalRequest, meeting: Meeting, form: KioskForm, *, status: int = 200, **shown: str
) -> HttpResponse:
    """Show the kiosks of ``meeting``, with the link of one that was just opened."""
    context = {**kiosk_list(meeting, person_or_404(request), at=timezone.now()), "form": form, **shown}
    return render(request, "registrations/attendance/kiosks.html", context, status=status)


@require_POST
def staff_kiosk_close(request: PortalRequest, uid: UUID, kiosk: UUID) -> HttpResponse:
    """Close one kiosk."""
    meeting = markable(request, uid)
    found = get_object_or_404(
        Kiosk.objects.filter(meeting=meeting).select_related("meeting__network"), uid=kiosk
    )
    kiosks.close_kiosk(found, by=person_or_404(request), at=timezone.now())
    messages.success(
        request, _("The kiosk is closed. What was scanned at it before is still taken when it's sent.")
    )
    return redirect("staff_kiosk", uid=meeting.uid)
