"""What the lists of networks and meetings say about their people: seated, waiting, attended."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from meetings.admin import hearers
from meetings.models import Meeting, Network, counted
from partners.admin.partner_list import short_day
from partners.models import Person, local_day
from partners.people.requests import person_or_403, portal_request
from registrations.models import Attendance, GroupMembership, MeetingGuest, Registration, Seen, Substitute
from registrations.seats.domain import audience, seats, waitlist
from registrations.seats.domain.occupancy import Standing, with_occupancy
from stemnet.admin import added
from stemnet.admin.cells import count, quiet, tag


def _list(**narrowed: Any) -> str:
    """Return the address of the list of registrations, narrowed."""
    asked = "&".join(f"{name}={value}" for name, value in narrowed.items())
    return f"{reverse('admin:registrations_registration_changelist')}?{asked}"


LOOKS = {
    Standing.OPEN: "ok",
    Standing.SOON: "info",
    Standing.WAITLIST: "warn",
    Standing.FULL: "warn",
}


def with_people(networks: QuerySet[Any]) -> QuerySet[Any]:
    """Count who has a seat in each network and who waits, and say whether it takes registrations."""
    seats: QuerySet[Any] = with_occupancy(networks, at=timezone.now())
    found: QuerySet[Any] = seats.annotate(people_seated=counted(Registration.objects.seated()))
    return found


@admin.display(description=_("registration"), ordering="standing")
def registration(network: Any) -> str:
    """Return whether it takes registrations, and from when on where that is later."""
    standing = Standing(network.standing)
    if standing == Standing.SOON:
        opens = short_day(local_day(network.opens_at, network.zone))
        return tag(_("Opens %(day)s") % {"day": opens}, LOOKS[standing])
    if standing in (Standing.DRAFT, Standing.CANCELLED, Standing.CLOSED):
        return quiet(Standing.CLOSED.label if standing == Standing.CLOSED else "–")
    return tag(standing.label, LOOKS[standing])


@admin.display(description=_("seated"), ordering="people_seated")
def seated(network: Any) -> str:
    """Return how many have a seat, which opens their list."""
    return count(network.people_seated, _list(network=network.pk, only="seated"))


@admin.display(description=_("waiting"), ordering="waiting")
def waiting(network: Any) -> str:
    """Return how many wait, which opens their list."""
    return count(network.waiting, _list(network=network.pk, only="waiting"))


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
    """Return how many of ``rows`` there are for a value of the outer query."""
    counts = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), Value(0))


def with_expected(meetings: QuerySet[Any]) -> QuerySet[Any]:
    """Count who is expected at each meeting, and who was there."""
    of_network = Registration.objects.seated().filter(network=OuterRef("network"))
    in_group = GroupMembership.objects.current().filter(
        working_group=OuterRef("working_group"), registration__status=Registration.Status.SEATED
    )
    came = Attendance.objects.filter(meeting=OuterRef("pk"), status=Seen.PRESENT)
    guests = MeetingGuest.objects.standing().filter(meeting=OuterRef("pk"))
    sent = Substitute.objects.coming().filter(meeting=OuterRef("pk"))
    found: QuerySet[Any] = meetings.annotate(
        people_in_network=_number(of_network, "network")
        + _number(guests, "meeting")
        - _number(sent, "meeting"),
        people_in_group=_number(in_group, "working_group")
        + _number(guests, "meeting")
        - _number(sent, "meeting"),
        people_came=_number(came, "meeting"),
        of_group=F("working_group"),
    )
    return found


@admin.display(description=_("expected"))
def expected(meeting: Any) -> str:
    """Return how many have a seat there, which opens their list."""
    if meeting.of_group is not None:
        return format_html("{}", meeting.people_in_group) if meeting.people_in_group else quiet(0)
    return count(meeting.people_in_network, _list(network=meeting.network_id, only="seated"))


@admin.display(description=_("attended"), ordering="people_came")
def attended(meeting: Any) -> str:
    """Return how many were there, which opens their list."""
    if meeting.network_id is None:
        return quiet(meeting.people_came)
    return count(meeting.people_came, _list(network=meeting.network_id, came=meeting.pk))


def with_registrations(people: QuerySet[Any]) -> QuerySet[Any]:
    """Count the registrations of each person."""
    mine = Registration.objects.filter(person=OuterRef("pk"))
    found: QuerySet[Any] = people.annotate(all_registrations=_number(mine, "person"))
    return found


@admin.display(description=_("registrations"), ordering="all_registrations")
def registrations(person: Any) -> str:
    """Return how many registrations somebody has, which opens their list."""
    return count(person.all_registrations, _list(person=person.pk))


def seat_who_waits(request: HttpRequest, network: Network) -> None:
    """Give seats that were added to the first people in line."""
    by = person_or_403(portal_request(request))
    waitlist.fill_seats(seats.lock_network(network), by=by, at=timezone.now())


def people_to_tell(network: Network) -> int:
    """Return how many people have a seat, or are offered one."""
    return audience.expected({network.pk}).count()


hearers.count_by(people_to_tell)
added.to(Person, columns=[registrations], annotate=with_registrations)
added.to(Network, columns=[registration, seated, waiting], annotate=with_people, saved=seat_who_waits)
added.to(Meeting, columns=[expected, attended], annotate=with_expected)
