"""Meetings as iCalendar (RFC 5545): a network's public feed, and what other calendars are made of.

One UID a meeting everywhere, SEQUENCE raised by every change that people are told of, and for one person by
each that they make to their own coming. Links to join are in private feeds only: files in mail and public
feeds are passed on (docs/rules.md 5.2, 13.5).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Journal, vCalAddress, vText

from meetings.models import Meeting, Modality, Network, WorkingGroup
from partners.models import known_partnership
from stemnet.vtimezone import vtimezone

Home = Network | WorkingGroup
GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/addfromweb"
REFRESH = timedelta(hours=1)
NOTHING_SINCE = datetime(2020, 1, 1, tzinfo=UTC)  # the same each time, so that nobody fetches it as news


@dataclass(frozen=True)
class Entry:
    """One meeting in one calendar.

    ``has_link`` puts the link to join in. ``not_coming`` says that the reader won't be there. ``raised`` is
    how often that changed for them, the last time at ``raised_at``.
    """

    meeting: Meeting
    has_link: bool = False
    not_coming: bool = False
    raised: int = 0
    raised_at: datetime | None = None


def network_calendar(network: Network) -> str:
    """Return the public feed of a network's own meetings, without links to join."""
    meetings = network.meetings.own().select_related("network", "working_group")
    return feed(map(Entry, meetings), name=str(network), uid=network.slug)


def all_calendar(meetings: Iterable[Meeting]) -> str:
    """Return the public feed of the meetings of all networks, without links to join."""
    name = _("Meetings, %(partnership)s") % {"partnership": partnership_name()}
    return feed(map(Entry, meetings), name=name, uid="all")


@dataclass(frozen=True)
class Subscription:
    """One calendar to subscribe to: its address, and what one presses in which program."""

    address: str
    webcal: str
    google: str
    outlook: str


def subscription_to(address: str, *, name: str) -> Subscription:
    """Return the ways of subscribing to the feed at ``address``."""
    webcal = "webcal://" + address.partition("://")[2]
    return Subscription(
        address=address,
        webcal=webcal,
        google=f"{GOOGLE}?{urlencode({'cid': webcal})}",
        outlook=f"{OUTLOOK}?{urlencode({'url': address, 'name': name})}",
    )


def network_subscription(network: Network) -> Subscription:
    """Return the ways of subscribing to the public feed of one network."""
    address = f"{settings.SITE_URL}{reverse('network_calendar', args=[network.slug])}"
    return subscription_to(address, name=str(network))


def all_subscription(chosen: Mapping[str, str]) -> Subscription:
    """Return the ways of subscribing to the feed of all networks, narrowed by what was ``chosen``."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    address = f"{settings.SITE_URL}{reverse('calendar_feed')}" + (f"?{query}" if query else "")
    return subscription_to(address, name=partnership_name())


def feed(entries: Iterable[Entry], *, name: str, uid: str) -> str:
    """Return the entries as a calendar that programs ask for once an hour.

    Without any it holds one journal entry, named by ``uid``, that says so: an empty calendar is none
    (RFC 5545 3.6), and some programs take it for a fault and keep what they had.
    """
    calendar = _calendar()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    _with(calendar, entries)
    if not calendar.walk("VEVENT"):
        calendar.add_component(_nothing(uid))
    return _text(calendar)


def message(home: Home, entries: Iterable[Entry], *, method: str) -> str:
    """Return the meetings as the contact of their home sends them in a mail, without the person it is for.

    ``method`` is REQUEST, CANCEL or PUBLISH. The file holds no link to join.
    """
    calendar = _calendar()
    calendar.add("method", method)
    _with(calendar, entries)
    organizer = _organizer(home)
    for event in calendar.walk("VEVENT"):
        event.add("organizer", organizer)
        if method == "CANCEL":
            event["status"] = vText("CANCELLED")
    return _text(calendar)


def is_off(meeting: Meeting) -> bool:
    """Return whether the meeting does not take place, because it or its whole network was cancelled."""
    home = home_of(meeting)
    return meeting.is_cancelled or (isinstance(home, Network) and home.status == Network.Status.CANCELLED)


def home_of(meeting: Meeting) -> Home:
    """Return the network of a meeting, also where it is one of its groups'; of a team's meeting the team."""
    group = meeting.working_group
    home = meeting.network or (group and (group.network or group))
    if home is None:
        raise ValueError("A meeting belongs to a network or a working group.")
    return home


def quiet(name: str) -> str:
    """Return a name without what a parameter's value can't hold (RFC 5545 3.2)."""
    return re.sub(r'["\x00-\x1f\x7f]', " ", name).strip()


def partnership_name() -> str:
    """Return the name that calendars carry."""
    known = known_partnership()
    return known.name if known and known.name else "Stemnet"


def _calendar() -> Calendar:
    """Return an empty calendar of ours."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Stemnet//{_host()}//EN")
    calendar.add("version", "2.0")
    return calendar


def _with(calendar: Calendar, entries: Iterable[Entry]) -> None:
    """Put the meetings into ``calendar``, with the zones that they name."""
    years = []
    for entry in entries:
        calendar.add_component(_event(entry))
        years.append(entry.meeting.on.year)
    for zone in sorted(calendar.get_missing_tzids(), reverse=True):
        calendar.subcomponents.insert(0, vtimezone(zone, min(years), max(years)))


def _event(entry: Entry) -> Event:
    """Return one meeting, in the wall time and zone that it was planned in."""
    meeting = entry.meeting
    zone = ZoneInfo(meeting.zone)
    home = home_of(meeting)
    published_at = home.published_at if isinstance(home, Network) else None
    changed = meeting.changed_at or published_at or meeting.starts_at
    changed = max(changed, entry.raised_at or changed)
    links = entry.has_link and not entry.not_coming
    event = Event()
    event.add("uid", f"{meeting.uid}@{_host()}")
    event.add("sequence", meeting.sequence + entry.raised)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", _summary(entry))
    event.add("location", _place(meeting, links=links))
    event.add("description", _description(meeting, links=links))
    event.add("url", settings.SITE_URL + meeting.get_absolute_url())
    event.add("status", "CANCELLED" if is_off(meeting) or entry.not_coming else "CONFIRMED")
    if entry.not_coming:
        event.add("transp", "TRANSPARENT")
    return event


def _nothing(uid: str) -> Journal:
    """Return the entry of a calendar without meetings."""
    journal = Journal()
    journal.add("uid", f"nothing-{uid}@{_host()}")
    journal.add("dtstamp", NOTHING_SINCE)
    journal.add("summary", _("No meetings to show yet. They'll appear here automatically."))
    return journal


def _summary(entry: Entry) -> str:
    """Return the title, with the network's."""
    values = {"meeting": entry.meeting.title, "network": home_of(entry.meeting)}
    if is_off(entry.meeting):
        return _("Cancelled: %(meeting)s (%(network)s)") % values
    if entry.not_coming:
        return _("Not coming: %(meeting)s (%(network)s)") % values
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
        lines.append(_where_the_link_is(meeting))
    if meeting.working_group and meeting.working_group != home_of(meeting):
        lines.insert(0, str(meeting.working_group))
    lines.append(settings.SITE_URL + meeting.get_absolute_url())
    return "\n".join(lines)


def _where_the_link_is(meeting: Meeting) -> str:
    """Say where one finds the link to join that this calendar doesn't hold."""
    home = home_of(meeting)
    if not isinstance(home, Network):
        return _("Find the link to join on the page of the team.")
    if home.is_information_session:
        return _("We'll e-mail you the link to join.")
    return _("Find the link to join in My learning.")


def _organizer(home: Home) -> vCalAddress:
    """Return who invites: the network's contact, else the partnership."""
    contact = home.contact_email if isinstance(home, Network) else ""
    address = contact or settings.DEFAULT_FROM_EMAIL
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(quiet(partnership_name()))
    return organizer


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode())
