"""Who may do what with people and organizations; "may see" is asked of the querysets."""

from partners.models import Person


def may_link_organizations(person: Person | None) -> bool:
    """Coordinators of the whole partnership link or add organizations that people typed."""
    return person is not None and person.is_coordinator
