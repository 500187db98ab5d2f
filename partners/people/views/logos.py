"""The logo of a partner, for everyone where it agreed to that; else for its own people and coordinators."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from partners.models import Organization
from partners.people.domain.logos import kind_of
from partners.people.permissions import may_answer_for
from partners.people.requests import PortalRequest


@login_not_required
@require_safe
def partner_logo(request: PortalRequest, slug: str) -> FileResponse:
    """Hand out the picture. Raises Http404 where there is none for whoever asks."""
    organization = get_object_or_404(Organization.objects.current(), slug=slug)
    if not (organization.logo_is_public or may_answer_for(request.person, organization)):
        raise Http404
    try:
        file = organization.logo.open("rb")
    except (ValueError, FileNotFoundError) as gone:
        raise Http404 from gone
    kind = kind_of(file.read(12))
    file.seek(0)
    return FileResponse(file, content_type=kind or "application/octet-stream")
