"""Handing out materials: a file as a download, never as a page of ours; a link by going there."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from meetings.gathering.documents import zipped
from meetings.gathering.requests import edited_material_or_404
from meetings.models import Material, MaterialVersion
from meetings.models.gathering.material import MaterialQuerySet
from partners.people.requests import PortalRequest


@login_not_required
@require_safe
def material(request: PortalRequest, uid: UUID) -> HttpResponseBase:
    """Hand out the newest version, or go to the link; whoever is not signed in may do so first."""
    found = seen_materials(request).filter(uid=uid).first()
    if found is None:
        return nothing_seen(request)
    if found.url:
        return HttpResponseRedirect(found.url)
    version = found.versions.first()
    if version is None:
        raise Http404
    return download(request, version)


@require_safe
def material_version(request: PortalRequest, uid: UUID, number: int) -> HttpResponseBase:
    """Hand out an earlier version to whoever works for the meeting."""
    found = edited_material_or_404(request, uid)
    return download(request, get_object_or_404(found.versions, number=number))


@login_not_required
@require_safe
def materials_zip(request: PortalRequest, uid: UUID) -> HttpResponseBase:
    """Hand out all files that one sees, in one archive."""
    seen = seen_materials(request).filter(meeting__uid=uid).select_related("meeting")
    shown = [one for one in seen.prefetch_related("versions") if one.versions.all()]
    if not shown:
        return nothing_seen(request)
    files = [one.versions.all()[0] for one in shown]
    headers = safe_headers("application/zip", f"{slugify(shown[0].meeting.title) or 'materials'}.zip")
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(zipped(files), headers=headers)


def seen_materials(request: PortalRequest) -> MaterialQuerySet:
    """Return what whoever asks sees now."""
    return Material.objects.visible_to(request.person, at=timezone.now())


def nothing_seen(request: PortalRequest) -> HttpResponseBase:
    """Let a visitor sign in first, whether or not anything is there. Raises Http404 for everyone else."""
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


def download(request: PortalRequest, version: MaterialVersion) -> HttpResponseBase:
    """Answer with a file. Raises Http404 where it is gone."""
    headers = {**safe_headers(version.content_type, version.name), "Content-Length": str(version.size)}
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    try:
        file = version.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(file)
    for name, value in headers.items():  # those that it takes from the file say less
        response[name] = value
    return response


def safe_headers(content_type: str, name: str) -> dict[str, str]:
    """Return what makes a file a download in every browser, and never a page of ours."""
    return {
        "Content-Type": content_type,
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
