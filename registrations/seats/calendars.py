"""Meetings as iCalendar (RFC 5545): the public feed, the private one, and files that go with mail.

One UID a meeting everywhere, SEQUENCE raised by every change that people are told of. Links to join are in
the private feed only: files in mail and public feeds are passed on (docs/rules.md 13.5).
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from meetings.models import Meeting, Modality, Network
from partners.models import Partnership, Person
from registrations.models import PlannedAbsence, Registration

SALT = "registrations.calendar"
REFRESH = timedelta(hours=1)
END_OF_EVENT = "END:VEVENT"


def network_calendar(network: Network) -> str:
    """Return the public feed of a network's own meetings, without links to join."""
    meetings = network.own_meetings().select_related("network", "working_group")
    return _text(_calendar(meetings, name=str(network)))


def person_calendar(person: Person, at: datetime) -> str:
    """Return the private feed of the meetings that ``person`` has a seat for, with their links.

    Meetings one has said to miss are left out; what ended over a year before ``at`` too.
    """
    name = _("My meetings, %(partnership)s") % {"partnership": _partnership_name()}
    return _text(_calendar(meetings_of(person, since=at - timedelta(days=366)), name=name, links=True))


def meetings_of(person: Person, *, since: datetime) -> Iterable[Meeting]:
    """Return the meetings of a person's networks and groups that end after ``since``, by their beginning."""
    seated = Registration.objects.seated().filter(person=person, network__in=Network.objects.published())
    missed = PlannedAbsence.objects.filter(registration__in=seated).values("meeting")
    groups = seated.filter(group_memberships__left_at__isnull=True).values("group_memberships__working_group")
    return (
        Meeting.objects.filter(
            Q(network__in=seated.values("network"), working_group__isnull=True) | Q(working_group__in=groups),
            ends_at__gt=since,
        )
        .exclude(pk__in=missed)
        .select_related("network", "working_group__network")
        .order_by("starts_at", "pk")
    )


def invitation(registration: Registration, meetings: Iterable[Meeting], *, method: str = "REQUEST") -> str:
    """Return a calendar file for mail: ``method`` is REQUEST, CANCEL or PUBLISH. It holds no secret.

    REQUEST and CANCEL speak of one meeting only (RFC 5546 3.2); several become PUBLISH, which says the same.
    """
    meetings = list(meetings)
    if len(meetings) != 1 and method == "REQUEST":
        method = "PUBLISH"
    if method == "PUBLISH":
        return _text(_invitations(registration.network, meetings, method))
    return invitation_to_each(registration.network, meetings, method=method)(registration.person)


def invitation_to_each(
    network: Network, meetings: Iterable[Meeting], *, method: str
) -> Callable[[Person], str]:
    """Return what writes the file for one of many people: worked out once, in the language of the moment.

    A snow day sends hundreds of them, which differ in nothing but their ATTENDEE.
    """
    parts = _text(_invitations(network, meetings, method)).split(END_OF_EVENT)

    def for_person(person: Person) -> str:
        return f"{_attendee_line(person)}\r\n{END_OF_EVENT}".join(parts)

    return for_person


def subscription_url(person: Person) -> str:
    """Return the whole private address that a calendar program subscribes to."""
    return settings.SITE_URL + reverse("my_calendar", args=[token_of(person)])


def token_of(person: Person) -> str:
    """Return the signed token in the private address; the person's link number, raised, makes it void."""
    return signing.Signer(salt=SALT, sep="~").sign(f"{person.uid.hex}~{person.link_number}")


def person_with(token: str) -> Person | None:
    """Return whose private address has ``token``; None where it is false or was reset."""
    try:
        uid, number = signing.Signer(salt=SALT, sep="~").unsign(token).split("~")
        person = Person.objects.filter(uid=UUID(hex=uid), link_number=int(number)).first()
    except (signing.BadSignature, ValueError):
        return None
    return person.now if person else None


def _calendar(
    meetings: Iterable[Meeting], *, name: str = "", method: str = "", links: bool = False
) -> Calendar:
    """Return the meetings as a calendar with the zones it names."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Stemnet//{_host()}//EN")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    days = []
    for meeting in meetings:
        calendar.add_component(_event(meeting, links=links))
        days.append(meeting.on)
    if days:
        calendar.add_missing_timezones(date(min(days).year, 1, 1), date(max(days).year + 1, 12, 31))
    return calendar


def _invitations(network: Network, meetings: Iterable[Meeting], method: str) -> Calendar:
    """Return the meetings as the network's contact sends them, without the person whom they are for."""
    calendar = _calendar(meetings, method=method)
    organizer = _organizer(network)
    for event in calendar.walk("VEVENT"):
        event.add("organizer", organizer)
        if method == "CANCEL":
            event["status"] = vText("CANCELLED")
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


def is_off(meeting: Meeting) -> bool:
    """Whether the meeting does not take place, because it or its whole network was cancelled."""
    return meeting.is_cancelled or network_of(meeting).status == Network.Status.CANCELLED


def network_of(meeting: Meeting) -> Network:
    """Return the network of a meeting, also where it is one of a working group of the network."""
    network = meeting.network or (meeting.working_group.network if meeting.working_group else None)
    if network is None:
        raise ValueError("A meeting of a group of the whole partnership has no network.")
    return network


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
            _("The link to join comes by mail.")
            if session
            else _("The link to join is on your page My learning.")
        )
    if meeting.working_group:
        lines.insert(0, str(meeting.working_group))
    lines.append(settings.SITE_URL + network_of(meeting).get_absolute_url())
    return "\n".join(lines)


def _organizer(network: Network) -> vCalAddress:
    """Return who invites: the network's contact, else the partnership."""
    address = network.contact_email or settings.DEFAULT_FROM_EMAIL
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(_quiet(_partnership_name()))
    return organizer


def _attendee_line(person: Person) -> str:
    """Return the line for the person whom the file is for, folded; no answer is expected."""
    attendee = vCalAddress(f"mailto:{person.primary_address}")
    attendee.params["CN"] = vText(_quiet(str(person)))
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return str(Event().content_line("ATTENDEE", attendee).to_ical().decode())


def _quiet(name: str) -> str:
    """Return a name without what a parameter's value can't hold (RFC 5545 3.2)."""
    return re.sub(r'["\x00-\x1f\x7f]', " ", name).strip()


def _partnership_name() -> str:
    return Partnership.objects.values_list("name", flat=True).first() or "Stemnet"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode())
