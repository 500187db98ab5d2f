"""Legal holds on persons, networks and organizations: setting one, what it reaches, what it stops."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Organization, Person, Position
from partners.people.domain import deletion
from partners.people.domain.deletion import Block
from registrations.models import Registration
from stemnet.exceptions import HoldRefused
from stemnet.models import LegalHold
from stemnet.retention import holds

Covered: TypeAlias = Person | Network | Organization


def add_reaches() -> None:
    """Let a hold cover more: people of a network or an organization, and whoever a person was merged into."""
    holds.reaches("network", _people)
    holds.reaches("organization", _people_of_organizations)
    holds.reaches("person", _survivors)
    deletion.blocked_when(in_the_way)


def person_at(address: str) -> Person:
    """Return whoever has this address. Raises HoldRefused."""
    person = Person.objects.holding(address).first()
    if person is None:
        raise HoldRefused(sentence=_("Nobody here has the address %(address)s.") % {"address": address})
    return person


@transaction.atomic
def hold(
    what: Covered, *, reason: str, ask: str, until: datetime | None, by: Person, at: datetime
) -> LegalHold:
    """Keep all that is about a person, or about a network or organization and its people.

    Raises HoldRefused.
    """
    kept = holds.set_hold(
        name_of(what), label=str(what)[:200], reason=reason, ask=ask, until=until, by=str(by), at=at
    )
    if isinstance(what, Person):
        fresh = Person.objects.select_for_update().get(pk=what.pk)  # a deletion ends first, or sees the hold
        if fresh.removed_at:
            raise HoldRefused(sentence=_("This person's data is already deleted."))
    return kept


def name_of(what: Covered) -> str:
    """Return what a hold calls its object."""
    if isinstance(what, Organization):
        return f"organization:{what.pk}"
    return f"person:{what.uid}" if isinstance(what, Person) else f"network:{what.slug}"


def in_the_way(person: Person, /, *, at: datetime) -> Iterable[Block]:
    """Yield a block for each legal hold that covers ``person``, with whom to ask and without the reason."""
    standing = {one.object: one for one in holds.standing(at)}
    if not standing:
        return
    merged = Person.objects.filter(merged_into=person).values_list("uid", flat=True)
    names = [name_of(person), *(f"person:{uid}" for uid in merged)]
    slugs = Registration.objects.filter(person=person).values_list("network__slug", flat=True)
    names += [f"network:{slug}" for slug in slugs.distinct()]
    mine = {str(person.uid), *(str(uid) for uid in merged)}
    keys = [name.partition(":")[2] for name in standing if name.startswith("organization:")]
    names += [f"organization:{key}" for key in keys if mine & set(_people_of_organizations([key])[1])]
    for name in names:
        if name in standing:
            words = _("Some of this data is under a legal hold and can't be deleted yet. Ask %(ask)s.")
            yield Block(words % {"ask": standing[name].ask})


def _people(slugs: Collection[str]) -> tuple[str, Iterable[str]]:
    people = Registration.objects.filter(network__slug__in=list(slugs)).values_list("person__uid", flat=True)
    return "person", {str(uid) for uid in people}


def _people_of_organizations(keys: Collection[str]) -> tuple[str, Iterable[str]]:
    """Return who holds or held a position at one of these organizations, or at a part of it."""
    found = Organization.objects.filter(pk__in=[int(key) for key in keys])
    meant = Q(pk__in=found.values("pk")) | Q(pk__in=found.values("merged_into"))
    top = Organization.objects.filter(meant).values("pk")
    where = ("organization", "organization__part_of", "organization__part_of__part_of")
    condition = Q()
    for path in where:
        condition |= Q(**{f"{path}__in": top})
    people = Position.objects.filter(condition).values_list("person__uid", flat=True)
    return "person", {str(uid) for uid in people}


def _survivors(uids: Collection[str]) -> tuple[str, Iterable[str]]:
    merged = Person.objects.filter(uid__in=list(uids), merged_into__isnull=False)
    return "person", {str(uid) for uid in merged.values_list("merged_into__uid", flat=True)}
