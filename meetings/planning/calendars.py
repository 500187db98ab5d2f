"""Meetings as iCalendar (RFC 5545): a network's public feed, and what other calendars are made of.

One UID a meeting everywhere, SEQUENCE raised by every change that people are told of. Links to join are in
private feeds only: files in mail and public feeds are passed on (docs/rules.md 13.5).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from meetings.models import Meeting, Modality, Network
from partners.models import Partnership

REFRESH = timedelta(hours=1)


def network_calendar(network: Network) -> str:
    """Return the public feed of a network's own meetings, without links to join."""
    return feed(network.meetings.own().select_related("network", "working_group"), name=str(network))


def feed(meetings: Iterable[Meeting], *, name: str, links: bool = False) -> str:
    """Return the meetings as a calendar that programs ask for once an hour; ``links`` are those to join."""
    calendar = _calendar()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return _text(_with(calendar, meetings, links=links))


def message(network: Network, meetings: Iterable[Meeting], *, method: str) -> str:
    """Return the meetings as the network's contact sends them in a mail, without the person it is for.

    ``method`` is REQUEST, CANCEL or PUBLISH. The file holds no link to join.
    """
    calendar = _calendar()
    calendar.add("method", method)
    _with(calendar, meetings, links=False)
    organizer = _organizer(network)
    for event in calendar.walk("VEVENT"):
        event.add("organizer", organizer)
        if method == "CANCEL":
            event["status"] = vText("CANCELLED")
    return _text(calendar)


def is_off(meeting: Meeting) -> bool:
    """Return whether the meeting does not take place, because it or its whole network was cancelled."""
    return meeting.is_cancelled or network_of(meeting).status == Network.Status.CANCELLED


def network_of(meeting: Meeting) -> Network:
    """Return the network of a meeting, also where it is one of a working group of the network."""
    network = meeting.network or (meeting.working_group.network if meeting.working_group else None)
    if network is None:
        raise ValueError("A meeting of a group of the whole partnership has no network.")
    return network


def quiet(name: str) -> str:
    """Return a name without what a parameter's value can't hold (RFC 5545 3.2)."""
    return re.sub(r'["\x00-\x1f\x7f]', " ", name).strip()


def partnership_name() -> str:
    """Return the name that calendars carry."""
    return Partnership.objects.values_list("name", flat=True).first() or "Stemnet"


def _calendar() -> Calendar:
    """Return an empty calendar of ours."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Stemnet//{_host()}//EN")
    calendar.add("version", "2.0")
    return calendar


def _with(calendar: Calendar, meetings: Iterable[Meeting], *, links: bool) -> Calendar:
    """Put the meetings into ``calendar``, with the zones that they name."""
    days = []
    for meeting in meetings:
        calendar.add_component(_event(meeting, links=links))
        days.append(meeting.on)
    if days:
        calendar.add_missing_timezones(date(min(days).year, 1, 1), date(max(days).year + 1, 12, 31))
    return calendar


def _event(meeting: Meeting, *, links: bool) -> Event:
    """Return one meeting, in the wall time and zone that it was planned in."""
    zone = ZoneInfo(meeting.zone)
    changed = meeting.changed_at or network_of(meeting).published_at or meeting.starts_at
    event = Event()
    event.add("uid", f"{meeting.uid}@{_host()}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", _summary(meeting))
    event.add("location", _place(meeting, links=links))
    event.add("description", _description(meeting, links=links))
    event.add("url", settings.SITE_URL + network_of(meeting).get_absolute_url())
    event.add("status", "CANCELLED" if is_off(meeting) else "CONFIRMED")
    return event


def _summary(meeting: Meeting) -> str:
    """Return the title, with the network's."""
    values = {"meeting": meeting.title, "network": network_of(meeting)}
    if is_off(meeting):
        return _("Cancelled: %(meeting)s (%(network)s)") % values
    return _("%(meeting)s (%(network)s)") % values


def _place(meeting: Meeting, *, links: bool) -> str:
    """Return where it is: a room and address, "Online", or for those with a seat the link."""
    place = ", ".join(part for part in (meeting.venue, meeting.room, meeting.address) if part)
    if meeting.modality == Modality.ONLINE:
        return meeting.join_url if links and meeting.join_url else str(_("Online"))
    return place


def _description(meeting: Meeting, *, links: bool) -> str:
    """Return what a calendar shows under the title."""
    lines = [str(meeting.get_modality_display())]
    if links and meeting.join_url and not is_off(meeting):
        lines.append(_("Join: %(url)s") % {"url": meeting.join_url})
    elif meeting.modality != Modality.IN_PERSON:
        session = network_of(meeting).is_information_session
        lines.append(
            _("We'll e-mail you the link to join.") if session else _("Find the link to join in My learning.")
        )
    if meeting.working_group:
        lines.insert(0, str(meeting.working_group))
    lines.append(settings.SITE_URL + network_of(meeting).get_absolute_url())
    return "\n".join(lines)


def _organizer(network: Network) -> vCalAddress:
    """Return who invites: the network's contact, else the partnership."""
    address = network.contact_email or settings.DEFAULT_FROM_EMAIL
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(quiet(partnership_name()))
    return organizer


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode())
