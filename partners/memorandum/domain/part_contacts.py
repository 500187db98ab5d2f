"""Asking a partner for its part: who drafts it, who is the lead contact, and when it is due."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import mous, parts
from partners.memorandum.emails import mou as letters
from partners.memorandum.exceptions import MemorandumEnded, MouRefused
from partners.models import Mou, MouRole, Organization, Person, Stage
from partners.people.domain import addresses
from partners.prospects.domain import prospects
from stemnet import jobs
from stemnet.telling import tell


@jobs.finishing()
@transaction.atomic
def ask_for_part(
    mou: Mou,
    *,
    organization: Organization,
    drafter: Person,
    lead_contact: Person | None = None,
    due_on: date | None = None,
    by: Person,
    at: datetime,
) -> MouRole:
    """Give an organization its part and write to drafter and lead contact. Raises MouRefused.

    One that has left the memorandum begins with the words of its former part.
    """
    check_free(mous.lock_mou(mou), organization)
    role = MouRole(
        mou=mou,
        organization=organization,
        drafter=drafter,
        lead_contact=lead_contact or drafter,
        due_on=due_on,
        asked_at=at,
    )
    role.save(force_insert=True)
    former = mou.roles.filter(organization=organization).exclude(pk=role.pk).order_by("pk").last()
    if former is not None and any(getattr(former, name).strip() for name in parts.TEXTS):
        words = {name: getattr(former, name) for name in parts.TEXTS}
        role = parts.save_part(role, words=words, seen=role.revision, by=by, at=at)
    prospects.advance(
        organization,
        to=Stage.DRAFTING,
        only_from=set(Stage) - {Stage.DRAFTING, Stage.PARTNER},
        by=by,
        at=at,
        reason=_("Asked for its part of the memorandum."),
    )
    tell(letters.asked, role, people={drafter, lead_contact or drafter}, by=by, at=at)
    return role


def check_free(mou: Mou, organization: Organization) -> None:
    """Raise MouRefused where the memorandum has ended, or the organization has its part in it."""
    if mou.status == Mou.Status.ENDED:
        raise MemorandumEnded
    if mou.roles.standing().filter(organization=organization).exists():
        raise MouRefused(
            sentence=_("%(name)s already has a part in this memorandum.") % {"name": organization}
        )


@jobs.finishing()
@transaction.atomic
def change_part_contacts(
    role: MouRole,
    *,
    drafter: Person,
    lead_contact: Person,
    due_on: date | None,
    model_title: str,
    by: Person,
    at: datetime,
) -> MouRole:
    """Name other contacts of a part, another day, or offer it as a model; new contacts get the letter."""
    role = MouRole.objects.select_for_update(of=("self",)).get(pk=role.pk)
    known = {role.drafter_id, role.lead_contact_id}
    role.drafter, role.lead_contact = drafter, lead_contact
    role.due_on, role.model_title = due_on, model_title
    role.full_clean(exclude=["mou", "organization"])
    role.save(update_fields=["drafter", "lead_contact", "due_on", "model_title"])
    new = {person for person in (drafter, lead_contact) if person.pk not in known}
    if new:
        tell(letters.asked, role, people=new, by=by, at=at)
    return role


def person_at(address: str, *, first_name: str, last_name: str) -> Person:
    """Return the person who holds ``address``; where there is none, one whom signing in claims."""
    return addresses.holder_or_new(address, first_name=first_name, last_name=last_name)[0]
