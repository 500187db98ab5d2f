"""Who may do what with people and organizations; "may see" is asked of the querysets."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from partners.models import Organization, Person, User, contacts_of, local_day


def may_link_organizations(person: Person | None) -> bool:
    """Return whether somebody links or adds organizations that people typed."""
    return person is not None and person.is_coordinator


def may_edit_partnership(person: Person | None) -> bool:
    """Return whether somebody writes the page of the partnership, its teams and its organizations."""
    return person is not None and person.is_coordinator


def may_open_mine(user: Any) -> bool:
    """Return whether a login has a partner of its own to look after: its contacts, and drafters of a part."""
    person = user.person if user.is_authenticated else None
    return person is not None and "speaks_for_organization" in person.roles


def may_see_people_of(person: Person | None, organization: Organization) -> bool:
    """Return whether this person sees who of an organization registered: its contacts, and coordinators."""
    return may_speak_for(person, organization)


def may_speak_for(person: Person | None, organization: Organization) -> bool:
    """Return whether somebody is a contact of an organization, or a coordinator; who only drafts is not."""
    if person is None:
        return False
    contacts = contacts_of(organization, on=local_day(timezone.now()))
    return person.is_coordinator or contacts.filter(pk=person.pk).exists()


def may_answer_for(person: Person | None, organization: Organization) -> bool:
    """Return whether somebody writes for an organization: its contacts and drafters, and coordinators."""
    return Organization.objects.answered_for_by(person).filter(pk=organization.pk).exists()


def may_change_user(user: User | None, *, by: User | AnonymousUser | None) -> bool:
    """Return whether a login may be changed, switched off or joined with another by the login ``by``.

    One with all rights only by its like, and that of somebody who works for the partnership only by a
    coordinator: whoever puts an address to it, or takes its second factor, is it.
    """
    if user is None:
        return True
    if user.is_superuser:
        return by is not None and by.is_superuser
    works = user.person is not None and user.person.is_staff_for_all
    return not works or (isinstance(by, User) and by.is_coordinator)


def may_change_login(person: Person | None, *, by: User | AnonymousUser | None) -> bool:
    """Return the same of the login of a person, where there is one."""
    return person is None or may_change_user(User.objects.filter(person=person).first(), by=by)
