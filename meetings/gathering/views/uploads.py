"""Files in parts, for a script: begin, send a part at its place, ask how far it came. Answers are JSON."""

from http import HTTPStatus
from uuid import UUID

from django.http import JsonResponse, UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from meetings.gathering.domain import uploads
from meetings.gathering.exceptions import PartOutOfPlace, UploadRefused
from meetings.gathering.requests import body_length, edited_meeting_or_404, own_upload_or_404
from meetings.models import Upload
from partners.people.requests import PortalRequest, person_or_404
from stemnet.exceptions import FileRefused


@never_cache
@require_POST
def upload_begin(request: PortalRequest, uid: UUID) -> JsonResponse:
    """Begin to send a file, or go on with it, for whoever works for the meeting."""
    edited_meeting_or_404(request, uid)
    said, size = request.POST, request.POST.get("size", "")
    try:
        upload = uploads.begin(
            person_or_404(request),
            name=said.get("name", ""),
            size=int(size) if size.isdecimal() and len(size) < 16 else 0,
            sha256=said.get("sha256", ""),
            at=timezone.now(),
        )
    except (FileRefused, UploadRefused) as refusal:
        return refused(str(refusal))
    return so_far(upload)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PortalRequest, uid: UUID) -> JsonResponse:
    """Say how far a file came; or take the part that begins at the byte that ``Upload-Offset`` names."""
    found = own_upload_or_404(request, uid)
    if request.method != "POST":
        return so_far(found)
    offset, length = request.headers.get("Upload-Offset", ""), body_length(request)
    if length > uploads.PART_BYTES or not (offset.isdecimal() and len(offset) < 16):
        return refused(_("A file is sent in parts of up to one megabyte."))
    try:
        content = request.body
        if len(content) != length:
            return so_far(found, status=HTTPStatus.CONFLICT)
        return so_far(uploads.receive(found, offset=int(offset), content=content))
    except UnreadablePostError:
        return so_far(found, status=HTTPStatus.CONFLICT)
    except PartOutOfPlace as refusal:
        found.received = refusal.received
        return so_far(found, status=HTTPStatus.CONFLICT)
    except (FileRefused, UploadRefused) as refusal:
        return refused(str(refusal))


def so_far(upload: Upload, *, status: int = HTTPStatus.OK) -> JsonResponse:
    """Say which file it is and how many bytes are here."""
    said = {"uid": str(upload.uid), "received": upload.received, "size": upload.size, "name": upload.name}
    return JsonResponse(said, status=status)


def refused(sentence: str) -> JsonResponse:
    """Say why not."""
    return JsonResponse({"sentence": sentence}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
