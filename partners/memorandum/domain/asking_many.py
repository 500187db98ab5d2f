"""Asking many partners for their parts as one act, and whom we would write to at each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from partners.memorandum.domain import part_contacts, parts
from partners.memorandum.domain.document_words import digest
from partners.memorandum.exceptions import ContactsChanged, MouRefused
from partners.models import Invitation, Mou, MouRole, Organization, Person, Position, Suggestion, local_day
from partners.models.people.position import PositionQuerySet
from stemnet.jobs import Run

AT_ONCE = 30  # more are asked by a job, with its progress


@dataclass(frozen=True)
class Contact:
    """Whom we would write to at an organization; ``sure`` unless they only work there or were suggested."""

    name: str
    address: str
    sure: bool = True


@dataclass(frozen=True)
class Candidate:
    """An organization that may be asked: its contact where one is known, its part where it was asked."""

    organization: Organization
    contact: Contact | None
    role: MouRole | None

    @property
    def askable(self) -> bool:
        """Return whether it can be asked with the others."""
        return self.role is None and self.contact is not None

    @property
    def seen(self) -> str:
        """Return what a page carries of the row, to notice that somebody else would be written to now."""
        contact = self.contact
        shown = (
            [str(self.organization), contact.name, contact.address] if contact else [str(self.organization)]
        )
        return f"{self.organization.pk}:{digest(shown)[:16]}"

    @property
    def sure(self) -> bool:
        """Return whether it can be asked, and its contact is more than a guess."""
        return self.askable and self.contact is not None and self.contact.sure


def candidates(mou: Mou, organizations: QuerySet[Organization], *, on: date) -> list[Candidate]:
    """Return every one of ``organizations`` with its contact on a day, and its part in ``mou``."""
    found = list(organizations)
    contacts = whom_to_write(found, on=on)
    roles = mou.roles.standing().filter(organization__in=found).select_related("mou", "organization")
    asked = {role.organization_id: role for role in roles}
    return [
        Candidate(organization=one, contact=contacts.get(one.pk), role=asked.get(one.pk)) for one in found
    ]


def whom_to_write(organizations: list[Organization], *, on: date) -> dict[int, Contact]:
    """Return whom we would write to, by organization.

    The lead contact of its newest part comes first, then its contact without one, who answered an invitation
    and who was invited; who works there, and whom somebody suggested, only as a guess.
    """
    found: dict[int, Contact] = {}
    named = [*_leads(organizations), *_contacts(organizations, on=on), *_invited(organizations)]
    guessed = [*_working(organizations, on=on), *_suggested(organizations)]
    for rows, sure in ((named, True), (guessed, False)):
        for key, name, address in rows:
            if name.strip() and address:
                found.setdefault(key, Contact(name=name.strip(), address=address, sure=sure))
    return found


Rows = Iterable[tuple[int, str, str]]


def _leads(organizations: list[Organization]) -> Rows:
    roles = MouRole.objects.filter(organization__in=organizations, lead_contact__isnull=False)
    for role in roles.select_related("lead_contact").prefetch_related("lead_contact__emails").order_by("-pk"):
        if role.lead_contact is not None:
            yield role.organization_id, str(role.lead_contact), role.lead_contact.primary_address


def _invited(organizations: list[Organization]) -> Rows:
    said_no, silent = Invitation.Answer.DECLINED, Invitation.Answer.NONE
    rows = list(Invitation.objects.filter(organization__in=organizations).exclude(answer=said_no))
    for row in sorted(rows, key=lambda one: (one.answer == silent, -one.pk)):
        yield row.organization_id, row.name, row.address


def _suggested(organizations: list[Organization]) -> Rows:
    rows = Suggestion.objects.filter(organization__in=organizations).exclude(contact_email="")
    yield from rows.order_by("pk").values_list("organization", "contact_name", "contact_email")


def _contacts(organizations: list[Organization], *, on: date) -> Rows:
    yield from _holders(Position.objects.filter(organization__in=organizations).speaking(on))


def _working(organizations: list[Organization], *, on: date) -> Rows:
    yield from _holders(Position.objects.filter(organization__in=organizations).confirmed().staying(on))


def _holders(positions: PositionQuerySet) -> Rows:
    rows = positions.order_by("pk")
    for row in rows.select_related("person").prefetch_related("person__emails"):
        if row.organization_id is not None:
            yield row.organization_id, str(row.person), row.person.primary_address


def ask_all(
    mou: Mou, *, seen: list[str], due_on: date | None, model: MouRole | None, by: Person, at: datetime
) -> int:
    """Ask each of the organizations whose rows were ``seen`` and that was not asked before; return how many.

    Raises ContactsChanged, and asks nobody, where a row does not say any more what it said.
    """
    keys = [key_of(one) for one in seen]
    rows = Organization.objects.current().filter(pk__in=keys)
    chosen = candidates(mou, rows, on=local_day(at))
    changed = [one.organization for one in chosen if one.role is None and one.seen not in seen]
    if changed:
        raise ContactsChanged(changed)
    return sum(ask_one(mou, one, due_on=due_on, model=model, by=by, at=at) for one in chosen)


def key_of(seen: str) -> int:
    """Return the key of the organization whose row was seen."""
    return int(seen.partition(":")[0])


def ask_one(
    mou: Mou, one: Candidate, *, due_on: date | None, model: MouRole | None, by: Person, at: datetime
) -> bool:
    """Ask one organization, its part begun from ``model``; False where it was asked, or nobody is known."""
    if one.role is not None or one.contact is None:
        return False
    first, _space, last = one.contact.name.rpartition(" ")
    try:
        with transaction.atomic():
            person = part_contacts.person_at(one.contact.address, first_name=first, last_name=last)
            role = part_contacts.ask_for_part(
                mou, organization=one.organization, drafter=person, due_on=due_on, by=by, at=at
            )
            if model is not None and role.revision == 1:  # who joins again has words of its own
                parts.begin_from(role, model=model, seen=role.revision, by=by, at=at)
    except MouRefused:  # somebody else asked meanwhile
        return False
    return True


def run_asking(run: Run) -> None:
    """Do the job: ask the organizations that ``params`` name, one transaction each; again does no harm.

    Raises ContactsChanged at its end for those that are left out, as their contact is not the one shown.
    """
    rows, at = run.params["organizations"], datetime.fromisoformat(run.params["at"])
    run.expect(len(rows))
    changed: list[Organization] = []
    mou, by = Mou.objects.get(slug=run.params["mou"]), Person.objects.get(uid=run.actor)
    due, model = run.params["due_on"], MouRole.objects.filter(pk=run.params["model"]).first()
    due_on = date.fromisoformat(due) if due else None
    for number, seen in enumerate(rows, start=1):
        try:
            ask_all(mou, seen=[seen], due_on=due_on, model=model, by=by, at=at)
        except ContactsChanged as refusal:
            changed += refusal.organizations
        run.reach(number)
    if changed:
        raise ContactsChanged(changed, others_asked=True)
