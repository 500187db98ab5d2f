"""Who may define exports and run them."""

from partners.models import Person


def may_export(person: Person | None) -> bool:
    """Return whether somebody is staff of any network."""
    return person is not None and (person.is_staff_for_all or "staffs_network" in person.roles)
