"""The page of a code for the door: the QR, large enough to be scanned from a phone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registrations.seats.domain.door_codes import address_of_code, code_in
from stemnet.paper_codes import in_fours
from stemnet.qr import qr_inline


@login_not_required
@require_safe
def door_code(request: HttpRequest, code: str) -> HttpResponse:
    """Say to show this at the door; the same for every code, whether anybody has it or not."""
    known = code_in(code)
    if not known:
        raise Http404
    shown = {"qr": qr_inline(address_of_code(known)), "code": in_fours(known)}
    return render(request, "registrations/seats/door_code.html", shown)
