"""Badges of a meeting: names, where people work, and the QR that the kiosk reads, as a PDF to print."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.models import Partnership
from partners.people.requests import PortalRequest
from registrations.attendance.documents import badges
from registrations.attendance.domain.sheet import on_sheet
from registrations.attendance.views.attendance import markable
from registrations.seats.domain.door_codes import door_address
from stemnet.views.papers import shown_pdf


@never_cache
@require_safe
def staff_badges_pdf(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Hand out a badge for each who is expected, eight to a page."""
    meeting = markable(request, uid)
    made = partial(
        badges,
        [(one, door_address(one)) for one in on_sheet(meeting)],
        title=_("Badges: %(meeting)s") % {"meeting": meeting},
        network=str(meeting.network or ""),
        issuer=str(Partnership.objects.first() or ""),
        at=timezone.now(),
    )
    otherwise = reverse("staff_kiosk", args=[uid])
    return shown_pdf(request, made, name=f"badges-{meeting.on}", otherwise=otherwise)
