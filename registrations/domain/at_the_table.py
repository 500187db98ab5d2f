"""Who sits at the table of the partnership, of one of its teams, or of a network."""

from datetime import date

from meetings.models import Network, TeamMember, WorkingGroup
from partners.domain.coverage import Seat, seats_of
from partners.models import Organization, Position
from registrations.models import Registration


def of_partnership(*, on: date) -> list[Seat]:
    """Return the partners, each with the stakeholder groups of its people on that day."""
    partners = {
        one.slug: Seat(("slug", one.slug), one.name, one.slug, one.sector)
        for one in Organization.objects.partners().order_by("name")
    }
    held = Position.objects.current(on).exclude(stakeholder_group="").filter(organization__stage="partner")
    for slug, group in held.values_list("organization__slug", "stakeholder_group"):
        if slug in partners:
            partners[slug].groups.add(group)
    return list(partners.values())


def of_team(team: WorkingGroup, *, on: date) -> list[Seat]:
    """Return the organizations of the members of a team of the partnership."""
    members = TeamMember.objects.current().filter(team=team).values("person")
    held = Position.objects.current(on).filter(person__in=members)
    return seats_of(held.select_related("organization"))


def of_network(network: Network) -> list[Seat]:
    """Return the organizations of those who have a seat in a network."""
    seated = Registration.objects.seated().filter(network=network, position__isnull=False)
    return seats_of(Position.objects.filter(pk__in=seated.values("position")).select_related("organization"))
