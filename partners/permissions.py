"""Who may do what with people and organizations; "may see" is asked of the querysets."""

from typing import Any

from partners.models import MouRole, Person


def may_link_organizations(person: Person | None) -> bool:
    """Coordinators of the whole partnership link or add organizations that people typed."""
    return person is not None and person.is_coordinator


def may_write_mou(person: Person | None) -> bool:
    """Whether this person writes the shared text, asks for parts and accepts them."""
    return person is not None and person.is_coordinator


def may_see_mous(user: Any) -> bool:
    """Whether a login has memoranda to see: coordinators, and contacts and drafters of a part."""
    person = user.person if user.is_authenticated else None
    return may_write_mou(person) or MouRole.objects.visible_to(person).exists()
