"""What the library adds to other pages: to a meeting's materials, and to a partner's needs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from meetings.models import AnsweredNeed, Meeting, Resource
from partners.models import Need, Organization, Person

MOST = 30


def materials_to_share(
    meeting: Meeting, /, *, person: Person | None, at: datetime
) -> Mapping[str, Any] | None:
    """Return the materials that whoever works for the meeting can put into the library; one query."""
    if not getattr(meeting, "is_run", False):
        return None
    rows = meeting.materials.standing().exclude(kind="recording").filter(resources=None)
    found = list(rows[:MOST])
    return {"materials": found} if found else None


def answers_of(
    organization: Organization, /, *, person: Person | None, at: datetime
) -> Mapping[str, Any] | None:
    """Return the public resources that answer the open needs of a partner; one query."""
    if person is None:
        return None
    needs = Need.objects.visible_to(person).filter(organization=organization, withdrawn_at=None)
    rows = AnsweredNeed.objects.filter(need__in=needs, resource__state=Resource.State.PUBLIC)
    found = list(rows.select_related("resource", "need__category").order_by("-at")[:MOST])
    return {"rows": found} if found else None
