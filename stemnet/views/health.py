"""Whether the portal is well, for whoever watches it; answered before anything else looks at the request."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stemnet.observing import health as observed


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 with all that is wrong."""
    return _answer(observed.health(at=timezone.now()))


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 with what the portal stands on and does not have."""
    return _answer(observed.readiness())


def _answer(report: observed.Report) -> JsonResponse:
    """Say what is wrong; ``serves`` says whether pages are answered all the same."""
    serves = not {"database", "migrations"} & set(report.faults)
    said = {"well": report.well, "serves": serves, "faults": report.faults, **report.figures}
    return JsonResponse(said, status=200 if report.well else 503)
