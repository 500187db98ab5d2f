"""Who may do what with registrations, attendance and documents."""

from django.contrib.auth.models import AnonymousUser

from partners.models import User


def may_open_staff_pages(user: User | AnonymousUser) -> bool:
    """Return whether anything on the staff desk is theirs: as staff, by appointment, or as a group's lead."""
    person = user.person if isinstance(user, User) else None
    if person is None:
        return False
    return person.is_staff_for_all or bool({"staffs_network", "leads_group"} & person.roles)


def may_search(user: User | AnonymousUser) -> bool:
    """Return whether they search the people of the networks they work for: staff, also by appointment."""
    person = user.person if isinstance(user, User) else None
    return person is not None and (person.is_staff_for_all or "staffs_network" in person.roles)
