"""Whether this process is well, for whoever watches it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stemnet.observing.health import faults as faults_at
from stemnet.zone_data import zone_data_version


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 with what is wrong."""
    faults = faults_at(at=timezone.now())
    answer = {"well": not faults, "faults": faults, "zone_data": zone_data_version()}
    return JsonResponse(answer, status=503 if faults else 200)
