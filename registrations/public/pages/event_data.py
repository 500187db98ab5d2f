"""The meetings of a network as event data (schema.org, JSON-LD), for search engines and calendars.

The link to join is for who has a seat, so an online meeting is said to be at the network's page.
"""

import json
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from meetings.models import Meeting, Modality, Network
from partners.models import Partnership, known_partnership

SCHEMA = "https://schema.org"
MODES = {Modality.ONLINE: "Online", Modality.IN_PERSON: "Offline", Modality.HYBRID: "Mixed"}
# What ends a script, or begins another, never stands in the page; as Django's own json_script does.
SIGNS = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def events_of(network: Network, meetings: Iterable[Meeting]) -> SafeString | str:
    """Return the network's own meetings as JSON, fit for a script element; nothing before it is published."""
    if network.status == Network.Status.DRAFT:
        return ""
    organizer = known_partnership()
    events = [event(network, one, organizer) for one in meetings if one.working_group_id is None]
    data = json.dumps({"@context": SCHEMA, "@graph": events}, ensure_ascii=False)
    return mark_safe(data.translate(SIGNS)) if events else ""  # noqa: S308 - the signs are taken out


def event(network: Network, meeting: Meeting, organizer: Partnership | None) -> dict[str, Any]:
    """Return one meeting as an event."""
    page = settings.SITE_URL + network.get_absolute_url()
    zone = ZoneInfo(meeting.zone)
    said: dict[str, Any] = {
        "@type": "EducationEvent",
        "name": f"{network.title}: {meeting.title}",
        "description": network.summary,
        "url": page,
        "image": f"{page}share.png",
        "startDate": meeting.starts_at.astimezone(zone).isoformat(),
        "endDate": meeting.ends_at.astimezone(zone).isoformat(),
        "eventStatus": f"{SCHEMA}/{status_of(meeting)}",
        "eventAttendanceMode": f"{SCHEMA}/{MODES[Modality(meeting.modality)]}EventAttendanceMode",
        "location": places_of(meeting, page),
        "isAccessibleForFree": True,
    }
    if organizer:
        said["organizer"] = {"@type": "Organization", "name": organizer.name, "url": settings.SITE_URL}
    return {name: value for name, value in said.items() if value}


def status_of(meeting: Meeting) -> str:
    """Return whether a meeting stands as planned."""
    if meeting.is_cancelled:
        return "EventCancelled"
    if meeting.moved_online:
        return "EventMovedOnline"
    return "EventRescheduled" if meeting.rescheduled else "EventScheduled"


def places_of(meeting: Meeting, page: str) -> list[dict[str, str]]:
    """Return where a meeting is: the place, the page of the network, or both."""
    where = []
    if meeting.modality != Modality.ONLINE and (meeting.venue or meeting.address):
        name = ", ".join(filter(None, [meeting.venue, meeting.room]))
        where.append({"@type": "Place", "name": name or meeting.address, "address": meeting.address or name})
    if meeting.modality != Modality.IN_PERSON:
        where.append({"@type": "VirtualLocation", "url": page})
    return where
