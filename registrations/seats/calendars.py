"""Calendars of people (RFC 5545): the private feed, and the files that go with mail."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias, TypedDict, cast
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations
from icalendar import Event, vCalAddress, vText

from meetings.models import Meeting, Network, TeamAttendance, WorkingGroup
from meetings.planning.calendars import (
    Entry,
    Home,
    Subscription,
    feed,
    message,
    partnership_name,
    quiet,
    subscription_to,
)
from partners.models import Person
from registrations.models import (
    CalendarRevision,
    MeetingGuest,
    PlannedAbsence,
    Registration,
    RegistrationChange,
)

SALT = "registrations.calendar"
END_OF_EVENT = "END:VEVENT"
ENDED = (
    Registration.Status.WITHDRAWN,
    Registration.Status.REMOVED,
    Registration.Status.TRANSFERRED,
    Registration.Status.MOVED,
)


def person_calendar(person: Person, at: datetime) -> str:
    """Return the private feed of the meetings that ``person`` has or had a seat for, with their links.

    What they said to miss, or gave up with their seat, stands as cancelled. What ended over a year before
    ``at`` is left out.
    """
    name = _("My meetings, %(partnership)s") % {"partnership": partnership_name()}
    meetings = meetings_of(person, since=at - timedelta(days=366))
    return feed(map(own_entry, meetings), name=name, uid=person.uid.hex)


class Coming(TypedDict):
    """What a person has to do with a meeting: a seat, or when they left; and its revision for them."""

    has_seat: bool
    is_missed: bool
    left_at: datetime | None
    raised: int | None
    raised_at: datetime | None


OwnMeeting: TypeAlias = "WithAnnotations[Meeting, Coming]"


def meetings_of(person: Person, *, since: datetime) -> "QuerySet[OwnMeeting]":
    """Return the meetings of a person's networks and groups that end after ``since``, by their beginning."""
    mine = Registration.objects.filter(person=person, network__in=Network.objects.published())
    seated, left = mine.seated(), mine.filter(status__in=ENDED, seated_at__isnull=False)
    groups = seated.filter(group_memberships__left_at__isnull=True).values("group_memberships__working_group")
    looked_after = own_groups(person)
    guest_at = MeetingGuest.objects.filter(registration__in=mine)
    comes = guest_at.standing().filter(meeting=OuterRef("pk"))
    network = Coalesce(OuterRef("network"), OuterRef("working_group__network"))
    ends = RegistrationChange.objects.filter(registration__in=left, registration__network=network)
    revisions = CalendarRevision.objects.filter(person=person, meeting=OuterRef("pk"))
    found = (
        Meeting.objects.filter(
            Q(network__in=seated.values("network"), working_group__isnull=True)
            | Q(network__in=left.values("network"), working_group__isnull=True)
            | Q(working_group__in=groups)
            | Q(working_group__in=looked_after)
            | Q(pk__in=guest_at.values("meeting")),
            ends_at__gt=since,
        )
        .annotate(
            has_seat=Exists(seated.filter(network=network))
            | Exists(looked_after.filter(pk=OuterRef("working_group")))
            | Exists(comes),
            is_missed=Exists(PlannedAbsence.objects.filter(registration__in=seated, meeting=OuterRef("pk")))
            | Exists(TeamAttendance.objects.absent().filter(person=person, meeting=OuterRef("pk"))),
            left_at=Subquery(ends.filter(to_status__in=ENDED).order_by("-at").values("at")[:1]),
            raised=Subquery(revisions.values("raised")),
            raised_at=Subquery(revisions.values("at")),
        )
        .select_related("network", "working_group__network")
        .order_by("starts_at", "pk")
    )
    return cast("QuerySet[OwnMeeting]", found)


def own_groups(person: Person) -> "QuerySet[WorkingGroup]":
    """Return the groups whose meetings are somebody's without a seat: those they lead, and their teams."""
    shown = Q(network=None) | Q(network__in=Network.objects.published())
    led, teams = WorkingGroup.objects.led_by(person), WorkingGroup.objects.with_team_member(person)
    mine = Q(pk__in=led.values("pk")) | Q(pk__in=teams.values("pk"))
    return WorkingGroup.objects.filter(shown, mine)


def own_entry(meeting: OwnMeeting) -> Entry:
    """Return one meeting as it stands in the private feed."""
    gave_up = not meeting.has_seat and (meeting.left_at is None or meeting.starts_at > meeting.left_at)
    return Entry(
        meeting,
        has_link=meeting.has_seat,
        not_coming=gave_up or (meeting.has_seat and meeting.is_missed),
        raised=meeting.raised or 0,
        raised_at=meeting.raised_at,
    )


Known = Mapping[int, CalendarRevision]


def known_revisions(person: Person, meetings: Iterable[Meeting]) -> Known:
    """Return how often, and when, it changed whether ``person`` comes, by meeting, where it did."""
    rows = CalendarRevision.objects.filter(person=person, meeting__in=[meeting.pk for meeting in meetings])
    return {row.meeting_id: row for row in rows}


def invitation(
    registration: Registration,
    meetings: Iterable[Meeting],
    *,
    method: str = "REQUEST",
    known: Known | None = None,
) -> str:
    """Return a calendar file for mail: ``method`` is REQUEST, CANCEL or PUBLISH. It holds no secret.

    REQUEST and CANCEL speak of one meeting only (RFC 5546 3.2); several become PUBLISH, which says the same.
    ``known`` are the revisions for the person, where whoever calls has them.
    """
    meetings, person = list(meetings), registration.person
    if len(meetings) != 1 and method == "REQUEST":
        method = "PUBLISH"
    known = known_revisions(person, meetings) if known is None else known
    entries = [
        Entry(meeting, raised=known[meeting.pk].raised, raised_at=known[meeting.pk].at)
        if meeting.pk in known
        else Entry(meeting)
        for meeting in meetings
    ]
    text = message(registration.network, entries, method=method)
    return text if method == "PUBLISH" else for_one(text, person)


def invitation_to_each(home: Home, meeting: Meeting, *, method: str) -> Callable[[Person, int], str]:
    """Return what writes the file for one of many people: worked out once, in the language of the moment.

    A snow day sends hundreds of them, which differ in their ATTENDEE, and in SEQUENCE for the few who left or
    missed a meeting before: what is written is given how often.
    """
    text = message(home, [Entry(meeting)], method=method)

    def for_person(person: Person, raised: int) -> str:
        number = f"SEQUENCE:{meeting.sequence}\r\n"
        own = text.replace(number, f"SEQUENCE:{meeting.sequence + raised}\r\n") if raised else text
        return for_one(own, person)

    return for_person


def for_one(text: str, person: Person) -> str:
    """Return a file of one method with the person whom it is for in each of its meetings."""
    return text.replace(END_OF_EVENT, f"{_attendee_line(person)}\r\n{END_OF_EVENT}")


def subscription_url(person: Person) -> str:
    """Return the whole private address that a calendar program subscribes to."""
    return settings.SITE_URL + reverse("my_calendar", args=[token_of(person)])


def own_subscription(person: Person) -> Subscription:
    """Return the ways of subscribing to the private feed of ``person``."""
    name = _("My meetings, %(partnership)s") % {"partnership": partnership_name()}
    return subscription_to(subscription_url(person), name=name)


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
