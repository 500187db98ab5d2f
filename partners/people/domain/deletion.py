"""Deleting what is known of a person: what is in the way, and doing it in one transaction.

What must be kept stays without the rest: issued documents and signatures. What statistics count stays
without a name. For each key to a person `person_rows` says which; `traces` finds what no key leads to. Upper
apps say in ``ready()`` what is in the way, and what is done with the empty row at last::

    deletion.blocked_when(to_sign)
    deletion.at_last(give_up_seats)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Person, Removal, User
from partners.models.people.person import REMOVED
from partners.people.domain import traces
from partners.people.domain.person_rows import Forgetting, all_kept
from partners.people.emails import addresses as emails
from partners.people.exceptions import DeletionBlocked, DeletionRefused
from partners.people.permissions import may_change_login
from stemnet import jobs


@dataclass(frozen=True)
class Block:
    """What is in the way of a deletion, in words that say what to do, and the page where one does it."""

    words: str
    url: str = ""
    label: str = ""


Look = Callable[..., Iterable[Block]]
Act = Callable[..., None]
_looks: list[Look] = []
_acts: list[Act] = []


def blocked_when(look: Look) -> None:
    """Let ``look(person, at=)`` say what is in the way of a deletion."""
    if look not in _looks:
        _looks.append(look)


def at_last(act: Act) -> None:
    """Let ``act(person, by=, at=)`` be called at the end of the transaction, when the row has no name."""
    if act not in _acts:
        _acts.append(act)


def blocked_by(person: Person, *, at: datetime) -> list[Block]:
    """Return all that is in the way of deleting what is known of ``person``."""
    return [block for look in _looks for block in look(person, at=at)]


@jobs.finishing()
@transaction.atomic
def remove_person(person: Person, *, by: Person, at: datetime, reason: str = "") -> Removal:
    """Delete what is known of ``person`` and tell their address; what is kept has no name of theirs.

    ``by`` is the person, or whoever does it on their request, with a reason. Raises DeletionBlocked with what
    is in the way, and DeletionRefused where it is done already or is not theirs to do.
    """
    person = _locked(person)
    check_may_remove(person, by=by, reason=reason)
    if blocks := blocked_by(person, at=at):
        raise DeletionBlocked([block.words for block in blocks])
    words = traces.words_of(person)
    emails.data_deleted(person, at=at)
    person = _forget(person, at=at)
    traces.erase(words, name=str(REMOVED))
    is_own = by.pk == person.pk
    for act in _acts:
        act(person, by=person if is_own else by, at=at)
    return Removal.objects.create(
        person=person,
        by=None if is_own else by,
        by_name=str(REMOVED) if is_own else str(by),
        reason="" if is_own else traces.without(words, reason.strip(), name=str(REMOVED))[:500],
        at=at,
    )


def check_may_remove(person: Person, *, by: Person, reason: str) -> None:
    """Raise DeletionRefused where ``by`` may not delete what is known of ``person``, or doesn't say why."""
    if by.pk == person.pk:
        return
    login = User.objects.filter(person=by).first()
    if not by.is_staff_for_all or not may_change_login(person, by=login):
        raise DeletionRefused(sentence=_("Only a coordinator can delete the data of this person."))
    if not reason.strip():
        raise DeletionRefused(sentence=_("Say how they asked for it, such as “by phone on May 3”."))


def _locked(person: Person) -> Person:
    """Return a fresh copy of the row, held. Raises DeletionRefused where there is nothing left to delete."""
    fresh = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if fresh.removed_at or fresh.merged_into_id:
        raise DeletionRefused(sentence=_("This person's data is already deleted."))
    return fresh


def _forget(person: Person, *, at: datetime) -> Person:
    """Apply every rule, empty the row itself and those that were merged into it, and return it as it is."""
    people = [person.pk, *Person.objects.filter(merged_into=person).values_list("pk", flat=True)]
    forgetting = Forgetting(person=person, at=at, name=str(REMOVED))
    for kept in all_kept():
        kept.forget(forgetting, kept.of(people))
    empty = {"first_name": "", "last_name": "", "certificate_name": "", "shares_registrations": False}
    Person.objects.filter(pk__in=people).update(**empty, removed_at=at)
    Person.objects.filter(pk=person.pk).update(link_number=person.link_number + 1)
    return Person.objects.get(pk=person.pk)
