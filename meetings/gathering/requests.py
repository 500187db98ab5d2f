"""Which meeting, material, upload or action item a request is about; and how much it sends."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from meetings.models import ActionItem, Material, Meeting, Upload, minuted_by
from partners.people.requests import PortalRequest, person_or_404


def edited_meeting_or_404(request: PortalRequest, uid: UUID) -> Meeting:
    """Return the meeting of this address. Raises Http404 for whoever does not work for it."""
    mine = Meeting.objects.markable_by(person_or_404(request))
    return get_object_or_404(mine.select_related("network", "working_group__network").distinct(), uid=uid)


def edited_material_or_404(request: PortalRequest, uid: UUID) -> Material:
    """Return the material of this address. Raises Http404 for whoever does not work for its meeting."""
    mine = Material.objects.editable_by(person_or_404(request))
    return get_object_or_404(mine.select_related("meeting__network", "meeting__working_group"), uid=uid)


def own_upload_or_404(request: PortalRequest, uid: UUID) -> Upload:
    """Return the upload of this address. Raises Http404 for anybody but whoever sends it."""
    return get_object_or_404(Upload, uid=uid, owner=person_or_404(request))


def body_length(request: HttpRequest) -> int:
    """Return how many bytes a request says that it brings. Raises Http404 where it doesn't say."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        raise Http404
    return int(length)


def written_meeting_or_404(request: PortalRequest, uid: UUID) -> Meeting:
    """Return a meeting for whoever writes its minutes. Raises Http404 for anybody else."""
    meetings = minuted_by(person_or_404(request)).select_related("network", "working_group__network")
    found: Meeting = get_object_or_404(meetings, uid=uid)
    return found


def seen_item_or_404(request: PortalRequest, uid: UUID) -> ActionItem:
    """Return an action item for whoever sees it. Raises Http404 for anybody else."""
    items = ActionItem.objects.visible_to(person_or_404(request)).select_related(
        "person", "organization", "meeting", "network", "working_group", "part_of"
    )
    found: ActionItem = get_object_or_404(items, uid=uid)
    return found
