"""Who may do what with memoranda; "may see" is asked of the querysets."""

from typing import Any

from partners.models import MouRole, Person
from partners.people.permissions import may_speak_for


def may_write_mou(person: Person | None) -> bool:
    """Return whether this person writes the shared text, asks for parts and accepts them."""
    return person is not None and person.is_coordinator


def may_see_mous(user: Any) -> bool:
    """Return whether a login has memoranda to see: coordinators, and contacts and drafters of a part."""
    person = user.person if user.is_authenticated else None
    return may_write_mou(person) or (person is not None and "sees_memoranda" in person.roles)


def may_record_paper(person: Person | None) -> bool:
    """Return whether this person records signatures that were given by hand."""
    return person is not None and (person.is_coordinator or person.is_staff_for_all)


def may_name_signatory(person: Person | None, role: MouRole) -> bool:
    """Return whether this person says who signs for a partner: its contacts, and coordinators."""
    return person is not None and (
        person.is_coordinator or person.pk in (role.lead_contact_id, role.drafter_id)
    )


def may_withdraw(person: Person | None, role: MouRole) -> bool:
    """Return whether this person gives notice for a partner: its contacts, and coordinators."""
    return may_speak_for(person, role.organization)
