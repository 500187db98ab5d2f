"""What the rows of a network's page show before anybody types."""

from typing import Any

from django.db.models import Prefetch

from meetings.models import GroupLead, Meeting, Modality, Network
from meetings.planning.domain import categories
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.forms.typed_breaks import as_typed

MEETING_ROW = [
    "title",
    "on",
    "start_time",
    "end_time",
    "modality",
    "venue",
    "address",
    "room",
    "join_url",
]


def slots_of(network: Network) -> list[Any]:
    """Return the meetings in the slots of the network's groups, in order."""
    meetings = network.meetings.filter(in_slot=True)
    return list(meetings.order_by("starts_at"))


def meetings(network: Network | None) -> list[dict[str, Any]]:
    """Return the network's own meetings as rows."""
    if network is None:
        return []
    days = {meeting.on for meeting in slots_of(network)}
    return [
        {
            "id": meeting.pk,
            "groups_after": not days or meeting.on in days,
            **{name: getattr(meeting, name) for name in MEETING_ROW},
            "breaks": breaks_of(meeting),
            "category": meeting.category,
            "category_minutes": categories.shares_of(meeting),
        }
        for meeting in network.meetings.own().prefetch_related("breaks")
    ]


def breaks_of(meeting: Meeting) -> str:
    """Return a meeting's breaks as they would be typed."""
    return as_typed(BreakPlan(one.start_time, one.minutes) for one in meeting.breaks.all())


def groups(network: Network | None) -> list[dict[str, Any]]:
    """Return the network's working groups as rows."""
    if network is None:
        return []
    modality = {meeting.working_group_id: meeting.modality for meeting in slots_of(network)}
    listed = network.working_groups.prefetch_related(
        Prefetch("leads", GroupLead.objects.current()), "leads__person__emails"
    )
    return [
        {
            "id": group.pk,
            "title": group.title,
            "description": group.description,
            "leads": ", ".join(lead.person.primary_address for lead in group.leads.all()),
            "places": group.places,
            "meets": group.meets,
            "modality": modality.get(group.pk, Modality.ONLINE),
            "same_topic": group.same_topic,
            "topic": group.topic,
            "category": group.category,
        }
        for group in listed
    ]


def commitments(network: Network | None) -> list[dict[str, Any]]:
    """Return the network's commitments as rows, in their newest wording."""
    if network is None:
        return []
    return [
        {"id": commitment.pk, "text": str(commitment), "required": commitment.required}
        for commitment in network.commitments.prefetch_related("versions")
    ]


def slot(network: Network | None) -> dict[str, Any]:
    """Return the times of the groups' slot, and for more dates those of the last meeting."""
    if network is None:
        return {}
    last, slots = network.meetings.own().prefetch_related("breaks").last(), slots_of(network)
    start: dict[str, Any] = {}
    if last:
        names = ("start_time", "end_time", "modality", "venue")
        start = {**{name: getattr(last, name) for name in names}, "breaks": breaks_of(last)}
    if slots:
        start.update(slot_start=slots[0].start_time, slot_end=slots[0].end_time)
    return start


def rows_by_number(network: Network | None) -> dict[str, dict[int, Any]]:
    """Return the rows of a network by kind and number, so that no other network's can be named."""
    if network is None:
        return {"meetings": {}, "groups": {}, "commitments": {}}
    return {
        "meetings": {meeting.pk: meeting for meeting in network.meetings.own().prefetch_related("breaks")},
        "groups": {group.pk: group for group in network.working_groups.all()},
        "commitments": {commitment.pk: commitment for commitment in network.commitments.all()},
    }
