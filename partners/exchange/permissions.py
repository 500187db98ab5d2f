"""Who may do what in the exchange: needs, contributions, matches; "may see" is asked of the querysets."""

from partners.models import Match, Organization, Person
from partners.people.permissions import may_answer_for


def may_bring_together(person: Person | None, *sides: Organization) -> bool:
    """Return whether somebody acts for either side of a match: proposes, introduces, drops it."""
    keys = [side.pk for side in sides]
    return Organization.objects.answered_for_by(person).filter(pk__in=keys).exists()


def may_confirm(person: Person | None, match: Match) -> bool:
    """Return whether somebody acts for whoever gives; of others, a coordinator only."""
    return may_answer_for(person, match.contribution.organization)
