"""Legal holds on persons and networks: setting one, what it reaches, and that it stops a deletion."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from partners.people.domain import deletion
from partners.people.domain.deletion import Block
from registrations.models import Registration
from stemnet.exceptions import HoldRefused
from stemnet.models import LegalHold
from stemnet.retention import holds


def add_reaches() -> None:
    """Let a hold on a network cover its people, and one on a person whoever they were merged into."""
    holds.reaches("network", _people)
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
    what: Person | Network, *, reason: str, ask: str, until: datetime | None, by: Person, at: datetime
) -> LegalHold:
    """Keep all that is about a person, or about a network and its people. Raises HoldRefused."""
    kept = holds.set_hold(
        name_of(what), label=str(what)[:200], reason=reason, ask=ask, until=until, by=str(by), at=at
    )
    if isinstance(what, Person):
        fresh = Person.objects.select_for_update().get(pk=what.pk)  # a deletion ends first, or sees the hold
        if fresh.removed_at:
            raise HoldRefused(sentence=_("This person's data is already deleted."))
    return kept


def name_of(what: Person | Network) -> str:
    """Return what a hold calls its object."""
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
    for name in names:
        if name in standing:
            words = _("Some of this data is under a legal hold and can't be deleted yet. Ask %(ask)s.")
            yield Block(words % {"ask": standing[name].ask})


def _people(slugs: Collection[str]) -> tuple[str, Iterable[str]]:
    people = Registration.objects.filter(network__slug__in=list(slugs)).values_list("person__uid", flat=True)
    return "person", {str(uid) for uid in people}


def _survivors(uids: Collection[str]) -> tuple[str, Iterable[str]]:
    merged = Person.objects.filter(uid__in=list(uids), merged_into__isnull=False)
    return "person", {str(uid) for uid in merged.values_list("merged_into__uid", flat=True)}
