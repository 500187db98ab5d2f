"""By what people of a network are found: where they work, mentoring, and their teams."""

from uuid import UUID

from django.db.models import Q, QuerySet

from meetings.models import Network, TeamMember
from registrations.models import Card, Party, SeatInvitation
from registrations.models.together.card import OWNER

Choices = list[tuple[str, str]]
MENTORS, LOOKING = "would", "looking"
POSITION = "registration__position__"
DISTRICT_TEAMS = (Party.Kind.TEAM, Party.Kind.LEADER)


def mentoring(wanted: str) -> Q:
    """Return who would mentor, or who looks for a mentor."""
    return Q(would_mentor=True) if wanted == MENTORS else Q(looks_for_mentor=True)


def at_organization(slug: str) -> Q:
    """Return who works at an organization or at a part of it, by its slug."""
    place = f"{POSITION}organization__"
    return Q(**{f"{place}slug": slug}) | Q(**{f"{place}part_of__slug": slug})


def on_team(uid: str) -> Q:
    """Return who came with a team of a district, or sits on a team of the partnership, by its uid."""
    try:
        UUID(uid)
    except ValueError:
        return Q(pk__in=[])
    with_it = _came_with().filter(party__uid=uid).values("registration")
    sits = TeamMember.objects.current().filter(team__uid=uid).values("person")
    return Q(registration__in=with_it) | Q(**{f"{OWNER[:-2]}__in": sits})


def _came_with() -> QuerySet[SeatInvitation]:
    return SeatInvitation.objects.filter(registration__isnull=False, party__kind__in=DISTRICT_TEAMS)


def teams_of(cards: list[Card]) -> dict[int, list[tuple[str, str]]]:
    """Return the teams of each card's person as uid and name, by the key of the card, in two statements."""
    seats = {card.registration_id: card.pk for card in cards}
    people = {card.registration.person_id: card.pk for card in cards}
    found: dict[int, list[tuple[str, str]]] = {}
    came = _came_with().filter(registration__in=seats).select_related("party__organization")
    for one in came.order_by("pk"):
        name = str(one.party.organization or one.party.organization_words or one.party)
        if one.registration_id is not None:
            found.setdefault(seats[one.registration_id], []).append((str(one.party.uid), name))
    sits = TeamMember.objects.current().filter(person__in=people).select_related("team")
    for seat in sits.order_by("pk"):
        found.setdefault(people[seat.person_id], []).append((str(seat.team.uid), seat.team.title))
    return found


def choices_in(network: Network) -> dict[str, Choices]:
    """Return by which organizations, interests and teams the cards of ``network`` can be narrowed."""
    cards = list(
        Card.objects.of_seated(network)
        .shown()
        .select_related("registration__person", "registration__position__organization")
        .prefetch_related(f"{OWNER}interests__subject")
    )
    places = {
        (one.slug, str(one))
        for card in cards
        if card.registration.position and (one := card.registration.position.organization)
    }
    interests = {
        (one.subject.code, one.subject.title)
        for card in cards
        for one in card.registration.person.interests.all()
    }
    teams = {team for all_of_one in teams_of(cards).values() for team in all_of_one}
    return {
        name: sorted(found, key=lambda one: one[1])
        for name, found in (("organization", places), ("interest", interests), ("team", teams))
    }
