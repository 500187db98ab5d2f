"""Which group a request is about, for those who may see it, see inside, or run it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from meetings.models import WorkingGroup
from partners.people.requests import PortalRequest, person_or_404
from registrations.groups.domain import seen


def visible_group_or_404(request: PortalRequest, uid: UUID) -> WorkingGroup:
    """Return the group whose page the asker may open, else 404."""
    return get_object_or_404(seen.visible_to(request.person).select_related("network"), uid=uid)


def open_group_or_404(request: PortalRequest, uid: UUID) -> WorkingGroup:
    """Return the group that the asker sees from inside, else 404."""
    return get_object_or_404(seen.open_to(person_or_404(request)).select_related("network"), uid=uid)


def run_group_or_403(request: PortalRequest, uid: UUID) -> WorkingGroup:
    """Return the group that the asker runs. Raises Http404, and PermissionDenied for whoever sees it only."""
    group = visible_group_or_404(request, uid)
    if not seen.run_by(person_or_404(request)).filter(pk=group.pk).exists():
        raise PermissionDenied
    return group
