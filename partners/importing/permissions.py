"""Who may do what in importing tables; "may see" is asked of the querysets."""

from partners.models import Person


def may_import(person: Person | None) -> bool:
    """Coordinators bring tables of organizations and people."""
    return person is not None and person.is_coordinator
