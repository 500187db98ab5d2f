"""Calendars of people (RFC 5545): the private feed, and the files that go with mail."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event, vCalAddress, vText

from meetings.models import Meeting, Network
from meetings.planning.calendars import feed, message, partnership_name, quiet
from partners.models import Person
from registrations.models import PlannedAbsence, Registration

SALT = "registrations.calendar"
END_OF_EVENT = "END:VEVENT"


def person_calendar(person: Person, at: datetime) -> str:
    """Return the private feed of the meetings that ``person`` has a seat for, with their links.

    Meetings one has said to miss are left out; what ended over a year before ``at`` too.
    """
    name = _("My meetings, %(partnership)s") % {"partnership": partnership_name()}
    return feed(meetings_of(person, since=at - timedelta(days=366)), name=name, links=True)


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
        return message(registration.network, meetings, method=method)
    return invitation_to_each(registration.network, meetings, method=method)(registration.person)


def invitation_to_each(
    network: Network, meetings: Iterable[Meeting], *, method: str
) -> Callable[[Person], str]:
    """Return what writes the file for one of many people: worked out once, in the language of the moment.

    A snow day sends hundreds of them, which differ in nothing but their ATTENDEE.
    """
    parts = message(network, meetings, method=method).split(END_OF_EVENT)

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


def _attendee_line(person: Person) -> str:
    """Return the line for the person whom the file is for, folded; no answer is expected."""
    attendee = vCalAddress(f"mailto:{person.primary_address}")
    attendee.params["CN"] = vText(quiet(str(person)))
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return str(Event().content_line("ATTENDEE", attendee).to_ical().decode())
