"""What registrations add to a partner's own page, a beginner's last step; what the page of an offer says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from meetings.models.gathering.meeting_roles import SeenMeeting
from partners.home.domain.own_place import Step
from partners.models import Organization, Person, Position, local_day
from partners.people.permissions import may_see_people_of
from registrations.models import (
    ChosenWay,
    Offer,
    Party,
    PlaceWish,
    PlannedAbsence,
    Registration,
    Reservation,
    SeatInvitation,
)
from registrations.seats.domain import invited, line_words, offering, parties, reserved, seats, ways
from registrations.seats.forms.ways import words_of


@dataclass(frozen=True)
class Colleague:
    """Somebody of the organization who agreed that its lead contact sees their registrations."""

    person: Person
    registrations: list[Registration]


def our_people(organization: Organization, *, person: Person, at: datetime) -> dict[str, Any]:
    """Return who agreed to be seen, for those who may see it, and how many there are; six queries at most."""
    staff = staff_of(organization, today=local_day(at))
    sees = may_see_people_of(person, organization)
    people = colleagues(organization, staff.filter(shares_registrations=True)) if sees else []
    return {
        "organization": organization,
        "sees_people": sees,
        "colleagues": people,
        "others": staff.count() - len(people),
        "registrations": registered(organization).count(),
    }


def reserved_for(organization: Organization, *, person: Person, at: datetime) -> dict[str, Any] | None:
    """Return the seats that are reserved for an organization, for its contact; two queries at most."""
    if not may_see_people_of(person, organization):
        return None
    standing = Reservation.objects.standing(at).filter(organization=organization)
    rows = list(reserved.with_use(standing.select_related("network"), at=at))
    return (
        {"organization": organization, "rows": [(one, reserved.to_give(one)) for one in rows]}
        if rows
        else None
    )


def own_way(meeting: SeenMeeting, *, person: Person | None, at: datetime) -> dict[str, Any] | None:
    """Return how ``person`` comes to a meeting that is held both ways, and what is left; two queries.

    Nothing for whoever has no seat there or can't come, and once the meeting has started.
    """
    asks = meeting.network is not None and ways.has_choice(meeting) and meeting.starts_at > at
    if person is None or not asks or not meeting.is_registered:
        return None
    mine = Registration.objects.expected_at(meeting).filter(person=person)
    chosen = ChosenWay.objects.filter(registration=OuterRef("pk"), meeting=meeting).values("way")
    wishes = PlaceWish.objects.filter(registration=OuterRef("pk"), meeting=meeting, told_at=None)
    absent = PlannedAbsence.objects.filter(registration=OuterRef("pk"), meeting=meeting)
    wish = Subquery(wishes.values("way"))
    own = mine.annotate(way=Subquery(chosen), wish=wish, misses=Exists(absent)).first()
    if own is None or own.misses:
        return None
    places = ways.places_of([meeting])[meeting.pk]
    return {"meeting": meeting, "chosen": own.way, "wish": own.wish, "ways": ways_to_choose(places)}


def ways_of_network(registration: Registration, *, at: datetime) -> list[dict[str, Any]]:
    """Return the meetings ahead of a network that are held both ways, as `own_way` does; three queries,

    four where a way is full."""
    if not registration.is_seated:
        return []
    ahead = registration.network.meetings.filter(starts_at__gt=at)
    mine = ahead.own() | ahead.filter(
        working_group__in=registration.group_memberships.current().values("working_group")
    )
    missed = registration.planned_absences.values("meeting")
    meetings = ways.with_choice(mine.exclude(pk__in=missed)).order_by("starts_at", "pk")
    chosen = dict(registration.chosen_ways.values_list("meeting", "way"))
    places = list(ways.places_of(meetings).values())
    wishes: dict[int, str] = {}
    if any(one.is_full(way) for one in places for way in ChosenWay.Way):
        wishes = dict(registration.place_wishes.filter(told_at=None).values_list("meeting", "way"))
    return [
        {
            "meeting": one.meeting,
            "chosen": chosen.get(one.meeting.pk),
            "wish": wishes.get(one.meeting.pk),
            "ways": ways_to_choose(one),
        }
        for one in places
    ]


def ways_to_choose(places: ways.Places) -> list[tuple[str, str, bool]]:
    """Return each way with its words, such as "In the room (3 places left)", and whether it is full."""
    return [(way.value, words_of(way, places), places.is_full(way)) for way in ChosenWay.Way]


def no_session(form: Any, *, person: Person, at: datetime) -> dict[str, Any] | None:
    """Return something where no information session is planned, to which letters would invite; one query."""
    return None if invited.session_words("", at=at) else {}


def first_registration(organization: Organization) -> Step:
    """Return the step of somebody's first registration."""
    done = registered(organization).exists()
    return Step(done, _("Register somebody from your organization"), reverse("networks"))


def registered(organization: Organization) -> QuerySet[Registration]:
    """Return the live registrations through this organization or a part of it."""
    through = Q(position__organization=organization) | Q(position__organization__part_of=organization)
    return Registration.objects.live().filter(through)


def staff_of(organization: Organization, *, today: date) -> QuerySet[Person]:
    """Return the people who work at the organization or a part of it on ``today``."""
    held = Position.objects.staying(today).at(organization)
    return Person.objects.current().filter(pk__in=held.values("person"))


def colleagues(organization: Organization, people: Iterable[Person]) -> list[Colleague]:
    """Return ``people`` with their registrations through the organization; two queries."""
    known = {person.pk: Colleague(person, []) for person in people}
    rows = registered(organization).filter(person__in=known).select_related("network").order_by("-pk")
    for row in rows:
        known[row.person_id].registrations.append(row)
    return list(known.values())


def party_context(party: Party, *, at: datetime) -> dict[str, Any]:
    """Return what the page of a party shows: everyone with what became of it; a handful of queries."""
    rows = list(party.invitations.order_by("pk"))
    for one in rows:
        one.party, one.network = party, party.network
    waits = party.line is not None
    states = Counter(state_of(one, at=at) for one in rows)
    size = states["waits"]
    return {
        "party": party,
        "network": party.network,
        "rows": [(one, *STATES[state_of(one, at=at)], is_open(one, at=at)) for one in rows],
        "figures": [(STATES[state][0], states[state]) for state in STATES if states[state]],
        "waits": waits,
        "size": size,
        "place": parties.place_of(party) if waits else None,
        "why": line_words.why_still(party.network, at=at, party_size=size) if waits else [],
        "until": max((one.until for one in rows if one.keeps_seat and is_open(one, at=at)), default=None),
        "any_open": any(is_open(one, at=at) for one in rows),
        "of_a_lead": party.kind in parties.FEWEST,
    }


STATES = {
    "registered": (gettext_lazy("Has taken the seat"), "ok"),
    "asked": (gettext_lazy("Hasn't answered yet"), "info"),
    "waits": (gettext_lazy("On the waitlist"), "warn"),
    "declined": (gettext_lazy("Can't come"), ""),
    "expired": (gettext_lazy("Didn't answer in time"), "warn"),
    "unasked": (gettext_lazy("No seat opened up in time"), "warn"),
    "taken_back": (gettext_lazy("Withdrawn"), ""),
}


def state_of(invitation: SeatInvitation, *, at: datetime) -> str:
    """Return what became of an invitation, one of STATES."""
    is_over = invitation.outcome == SeatInvitation.Outcome.EXPIRED
    if is_over or (not invitation.outcome and invitation.until <= at):
        return "expired" if invitation.sent else "unasked"
    if invitation.outcome:
        return invitation.outcome
    return "asked" if invitation.sent else "waits"


def is_open(invitation: SeatInvitation, *, at: datetime) -> bool:
    """Return whether it can be answered, or waits to be asked."""
    return invitation.ended_at is None and invitation.until > at


def own_parties(person: Person) -> list[Party]:
    """Return whom somebody registered lately, each party with how many there are and have a seat; a query."""
    mine = parties.led_by(person).select_related("network")
    taken = Count("invitations", filter=Q(invitations__outcome=SeatInvitation.Outcome.REGISTERED))
    return list(mine.annotate(asked=Count("invitations"), taken=taken).order_by("-made_at")[:10])


def offer_context(offer: Offer, *, at: datetime) -> dict[str, Any]:
    """Return what the page of an offer shows: what can be answered, or what became of it."""
    registration, network = offer.registration, offer.registration.network
    state = offer_state(offer, at=at)
    return {
        "offer": offer,
        "registration": registration,
        "network": network,
        "state": state,
        "place": seats.place_in_line(registration) if state == "waits" else None,
        "newer": registration.offers.open().exclude(pk=offer.pk).first(),
        "meetings": network.meetings.own().standing().order_by("starts_at"),
    }


def offer_state(offer: Offer, *, at: datetime) -> str:
    """Return "open", or what the person has now: "seated", "waits" or "left"; "over" just after the end."""
    registration = offer.registration
    if offering.is_open(offer, registration.network, at=at):
        return "open"
    if registration.is_seated:
        return "seated"
    if registration.network.status == Network.Status.CANCELLED:
        return "cancelled"
    if registration.status == Registration.Status.WAITING:
        return "waits"
    return "over" if registration.is_live else "left"
