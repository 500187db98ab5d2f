"""The logo of a partner, for everyone where it agreed to that; else for its own people and coordinators."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from partners.models import Organization
from partners.people.imports import kind_of
from partners.people.permissions import may_answer_for
from partners.people.requests import PortalRequest

ALONE = "default-src 'none'; sandbox"


@login_not_required
@require_safe
def partner_logo(request: PortalRequest, slug: str) -> HttpResponseBase:
    """Hand out the picture. Raises Http404 where there is none for whoever asks."""
    organization = get_object_or_404(Organization.objects.current(), slug=slug)
    if not (organization.logo_is_public or may_answer_for(request.person, organization)):
        raise Http404
    tag = f'"{str(organization.logo.name).rpartition("/")[2]}"'  # another logo has another name
    unchanged = get_conditional_response(request, etag=tag)
    response = unchanged or picture_of(organization)
    response["ETag"] = tag
    response["Cache-Control"] = f"{'public' if organization.logo_is_public else 'private'}, no-cache"
    return response


def picture_of(organization: Organization) -> FileResponse:
    """Return the file as the picture that it is, and as nothing else. Raises Http404 where it is gone."""
    try:
        file = organization.logo.open("rb")
    except (ValueError, FileNotFoundError) as gone:
        raise Http404 from gone
    kind = kind_of(file.read(12))
    file.seek(0)
    headers = {"Content-Security-Policy": ALONE, "Content-Disposition": "inline"}
    return FileResponse(file, content_type=kind or "application/octet-stream", headers=headers)
