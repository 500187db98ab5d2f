"""What the page of a meeting shows: its head, when and where, and its sections, each by a function."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from meetings.gathering import calendars
from meetings.gathering.pages.agenda import agenda_context
from meetings.models import Meeting, Modality, Network
from meetings.models.gathering.meeting_roles import SeenMeeting
from partners.models import Person, local_day
from stemnet import wording


def meeting_context(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any]:
    """Return what the template of the page reads.

    The whole page asks at most twelve statements, of which its frame takes three, the meeting with its
    network and agenda four, and the panels of registrations two.
    """
    return {
        "meeting": meeting,
        "network": network_of(meeting),
        "where": where_words(meeting),
        "is_off": is_off(meeting),
        "is_over": meeting.ends_at <= at,
        "distance": wording.distance(meeting.on, local_day(at, meeting.zone)),
        "join_url": join_url(meeting, at=at),
        "map_url": calendars.map_url(meeting),
        "calendar_links": calendars.calendar_links(meeting) if network_of(meeting) else None,
        **place_among(meeting, at=at),
        **agenda_context(meeting),
    }


def network_of(meeting: Meeting) -> Network | None:
    """Return the network of a meeting, also of one of its groups; None of a team of the partnership."""
    return meeting.network or (meeting.working_group.network if meeting.working_group else None)


def is_off(meeting: Meeting) -> bool:
    """Return whether the meeting does not take place, because it or its whole network was cancelled."""
    network = network_of(meeting)
    return meeting.is_cancelled or (network is not None and network.status == Network.Status.CANCELLED)


def where_words(meeting: Meeting) -> str:
    """Return where one goes, in a word or two, such as "Marlborough" or "online"."""
    return _("online") if meeting.modality == Modality.ONLINE else meeting.venue


def join_url(meeting: SeenMeeting, *, at: datetime) -> str:
    """Return the link to join for the seated and whoever runs it, from the day before to the end."""
    tomorrow = local_day(at, meeting.zone) + timedelta(days=1)
    is_time = meeting.on <= tomorrow and meeting.ends_at > at and not is_off(meeting)
    online = meeting.modality != Modality.IN_PERSON
    return meeting.join_url if online and is_time and (meeting.is_registered or meeting.is_run) else ""


def place_among(meeting: Meeting, *, at: datetime) -> dict[str, Any]:
    """Return which of how many meetings of its network or group this is, and the next one."""
    group, network = meeting.working_group, network_of(meeting)
    known = network.meetings.all() if network else group.meetings.all() if group else []
    same = [one for one in known if one.working_group_id == meeting.working_group_id and not one.is_cancelled]
    listed = sorted(same, key=lambda one: (one.starts_at, one.pk))
    keys = [one.pk for one in listed]
    later = [one for one in listed if one.ends_at > at and one.starts_at > meeting.starts_at]
    number = keys.index(meeting.pk) + 1 if meeting.pk in keys and len(keys) > 1 else None
    ahead = later[0] if later else None
    return {
        "number": number,
        "total": len(listed),
        "next_meeting": ahead,
        "next_where": where_words(ahead) if ahead else "",
    }
