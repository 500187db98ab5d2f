"""Who is at the table, for coverage: of the partnership, of one of its teams, or of a network."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from meetings.models import Network, TeamMember, WorkingGroup
from partners.models import Organization, Partnership, Person, Position, Stage
from partners.people.domain.coverage import Seat, seats_of
from registrations.models import Registration


@dataclass(frozen=True)
class Table:
    """Who sits at a table, and the people there of whom nothing says where they work."""

    seats: list[Seat]
    uncounted: list[Person] = field(default_factory=list)


def of_partnership(*, on: date) -> Table:
    """Return host, lead organizations and partners, each with the groups of its people on that day.

    Its people are those who were confirmed there or at a part of it: anybody can say that they work there.
    """
    known = Partnership.objects
    leads = Q(pk__in=known.values("host")) | Q(pk__in=known.values("lead_organizations"))
    there = Organization.objects.current().filter(Q(stage=Stage.PARTNER) | leads)
    partners = {
        one.slug: Seat(("slug", one.slug), one.name, one.slug, one.sector)
        for one in there.order_by("plain_name", "pk")
    }
    said = Position.objects.current(on).confirmed().exclude(stakeholder_group="")
    places = ("organization__slug", "organization__part_of__slug", "stakeholder_group")
    for own, above, group in said.values_list(*places):
        for slug in {own, above} & set(partners):
            partners[slug].groups.add(group)
    return Table(list(partners.values()))


def of_team(team: WorkingGroup, *, on: date) -> Table:
    """Return the organizations of the members of a team of the partnership."""
    members = Person.objects.filter(teams__in=TeamMember.objects.current().filter(team=team))
    held = Position.objects.current(on).filter(person__in=members)
    return _table(held, members)


def of_network(network: Network) -> Table:
    """Return the organizations of those who have a seat in a network."""
    seated = Registration.objects.seated().filter(network=network)
    held = Position.objects.filter(pk__in=seated.values("position"))
    return _table(held, Person.objects.filter(pk__in=seated.values("person")))


def _table(held: QuerySet[Position], people: QuerySet[Person]) -> Table:
    """Return the seats of these positions, and who of ``people`` has none of them."""
    without = people.exclude(pk__in=held.values("person"))
    return Table(seats_of(held.select_related("organization")), list(without))
