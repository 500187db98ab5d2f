"""The kiosk itself: a page for whoever comes through the door, its worker, and where it sends its scans."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from registrations.attendance.domain.door_scans import take_scans
from registrations.attendance.domain.kiosks import find_kiosk
from registrations.attendance.exceptions import KioskOver
from registrations.attendance.forms.kiosk import sent_by_kiosk
from registrations.attendance.pages.kiosk import answer_of, kiosk_state, people_of

CAMERA = settings.PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")


@never_cache
@login_not_required
@require_safe
def kiosk(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page that stands at the door; it holds nobody's name, and alone may use the camera."""
    try:
        found = find_kiosk(token, at=timezone.now())
    except KioskOver as over:
        return render(request, "registrations/attendance/kiosk_over.html", {"over": over}, status=404)
    context = {"kiosk": found, "meeting": found.meeting, "token": token}
    response = render(request, "registrations/attendance/kiosk.html", context)
    response.headers["Permissions-Policy"] = CAMERA
    return response


@login_not_required
@require_safe
def kiosk_worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker, which may serve no address but those below this one."""
    script = f'importScripts("{static("js/kiosk-worker.js")}");\n'
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@csrf_exempt  # no session is asked: the token in the address says which kiosk it is
@never_cache
@login_not_required
@require_POST
def kiosk_scans(request: HttpRequest, token: str) -> HttpResponse:
    """Take what a kiosk scanned, and say of each key what became of it; in JSON, whatever happens."""
    at = timezone.now()
    try:
        found = find_kiosk(token, at=at)
        sent = sent_by_kiosk(request.body if request.content_type == "application/json" else b"", at=at)
    except KioskOver as over:
        return JsonResponse({"sentence": str(over)}, status=HTTPStatus.GONE)
    except ValueError:
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    taken = take_scans(found, sent.scans, at=at)
    answers = [answer_of(scan, found.meeting) for scan in taken]
    state = kiosk_state(found, at=at)
    if sent.wants_list and state["open"]:
        state["people"] = people_of(found.meeting, at=at)
    return JsonResponse({**state, "answers": answers})
