"""What the page of a meeting shows: its head, when and where, and its sections, each by a function."""

from datetime import datetime, timedelta
from typing import Any

from meetings.models import Meeting, Modality, Network
from meetings.models.gathering.meeting_roles import SeenMeeting
from partners.models import Person, local_day
from stemnet import wording


def meeting_context(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any]:
    """Return what the template of the page reads; a number of statements that never grows."""
    return {
        "meeting": meeting,
        "network": network_of(meeting),
        "is_off": is_off(meeting),
        "is_over": meeting.ends_at <= at,
        "distance": wording.distance(meeting.on, local_day(at, meeting.zone)),
        "join_url": join_url(meeting, at=at),
        **place_among(meeting, at=at),
    }


def network_of(meeting: Meeting) -> Network | None:
    """Return the network of a meeting, also of one of its groups; None of a team of the partnership."""
    return meeting.network or (meeting.working_group.network if meeting.working_group else None)


def is_off(meeting: Meeting) -> bool:
    """Return whether the meeting does not take place, because it or its whole network was cancelled."""
    network = network_of(meeting)
    return meeting.is_cancelled or (network is not None and network.status == Network.Status.CANCELLED)


def join_url(meeting: SeenMeeting, *, at: datetime) -> str:
    """Return the link to join for the seated and whoever runs it, from the day before to the end."""
    tomorrow = local_day(at, meeting.zone) + timedelta(days=1)
    is_time = meeting.on <= tomorrow and meeting.ends_at > at and not is_off(meeting)
    online = meeting.modality != Modality.IN_PERSON
    return meeting.join_url if online and is_time and (meeting.is_registered or meeting.is_run) else ""


def place_among(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return which of how many meetings of its network or group this is, and the next one; one statement."""
    rows = Meeting.objects.standing().filter(working_group=meeting.working_group_id)
    if meeting.working_group_id is None:
        rows = rows.filter(network=meeting.network_id)
    listed = list(rows.order_by("starts_at", "pk"))
    keys = [one.pk for one in listed]
    later = [one for one in listed if one.ends_at > at and one.starts_at > meeting.starts_at]
    number = keys.index(meeting.pk) + 1 if meeting.pk in keys and len(keys) > 1 else None
    return {"number": number, "total": len(listed), "next_meeting": later[0] if later else None}
