"""Who may do what with people and organizations; "may see" is asked of the querysets."""

from typing import Any

from django.utils import timezone

from partners.models import Match, MouRole, Organization, Person, contacts_of


def may_link_organizations(person: Person | None) -> bool:
    """Coordinators of the whole partnership link or add organizations that people typed."""
    return person is not None and person.is_coordinator


def may_edit_partnership(person: Person | None) -> bool:
    """Coordinators of the whole partnership write its page, its teams and what is kept of organizations."""
    return person is not None and person.is_coordinator


def may_open_mine(user: Any) -> bool:
    """Whether a login has a partner of its own to look after: its contacts, and drafters of a part."""
    person = user.person if user.is_authenticated else None
    return person is not None and Organization.objects.spoken_for_by(person).exists()


def may_see_people_of(person: Person | None, organization: Organization) -> bool:
    """Whether this person sees who of an organization registered: its contacts, and coordinators."""
    if person is None:
        return False
    contacts = contacts_of(organization, on=timezone.localdate())
    return person.is_coordinator or contacts.filter(pk=person.pk).exists()


def may_write_mou(person: Person | None) -> bool:
    """Whether this person writes the shared text, asks for parts and accepts them."""
    return person is not None and person.is_coordinator


def may_see_mous(user: Any) -> bool:
    """Whether a login has memoranda to see: coordinators, and contacts and drafters of a part."""
    person = user.person if user.is_authenticated else None
    return may_write_mou(person) or MouRole.objects.visible_to(person).exists()


def may_record_paper(person: Person | None) -> bool:
    """Whether this person records signatures that were given by hand."""
    return person is not None and (person.is_coordinator or person.is_staff_for_all)


def may_name_signatory(person: Person | None, role: MouRole) -> bool:
    """Whether this person says who signs for a partner: its contacts, and coordinators."""
    return person is not None and (
        person.is_coordinator or person.pk in (role.lead_contact_id, role.drafter_id)
    )


def may_withdraw(person: Person | None, role: MouRole) -> bool:
    """Whether this person gives notice for a partner: its lead contact, and coordinators."""
    return person is not None and (person.is_coordinator or person.pk == role.lead_contact_id)


def may_answer_for(person: Person | None, organization: Organization) -> bool:
    """Contacts and drafters write for their own organization, coordinators for every one."""
    return Organization.objects.answered_for_by(person).filter(pk=organization.pk).exists()


def may_bring_together(person: Person | None, *sides: Organization) -> bool:
    """Either side of a match proposes, introduces, says that it was delivered, or drops it."""
    keys = [side.pk for side in sides]
    return Organization.objects.answered_for_by(person).filter(pk__in=keys).exists()


def may_confirm(person: Person | None, match: Match) -> bool:
    """Whoever gives confirms; nobody confirms in the name of another partner, but a coordinator."""
    return may_answer_for(person, match.contribution.organization)


def may_lead_the_way(person: Person | None) -> bool:
    """Coordinators move organizations on their way to partner and write to them."""
    return person is not None and person.is_coordinator


def may_import(person: Person | None) -> bool:
    """Coordinators bring tables of organizations and people."""
    return person is not None and person.is_coordinator
