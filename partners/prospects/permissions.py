"""Who may do what in the way from suggested to partner; "may see" is asked of the querysets."""

from partners.models import Person


def may_lead_the_way(person: Person | None) -> bool:
    """Coordinators move organizations on their way to partner and write to them."""
    return person is not None and person.is_coordinator
