"""Who may do what with people and organizations; "may see" is asked of the querysets."""

from partners.models import Person


def may_link_organizations(person: Person | None) -> bool:
    """Coordinators of the whole partnership link or add organizations that people typed."""
    return person is not None and person.is_coordinator


def may_open_admin(person: Person | None) -> bool:
    """Coordinators of the whole partnership repair what no page changes."""
    return person is not None and person.is_coordinator


def may_change_account(person: Person | None, of: Person) -> bool:
    """One changes one's own names, addresses, sign-in methods and preferences, and nobody else's."""
    return person is not None and person.pk == of.pk
