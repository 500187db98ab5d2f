"""Issuing documents: to one person, and to everyone of a network (docs/rules.md 3.3, 13.7)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Person, local_day
from registrations.credit.domain import document_codes, drafting, snapshots
from registrations.credit.domain.readiness import Kind, Readiness, readiness_in, readiness_of_person
from registrations.credit.domain.telling import tell_of_documents
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Document, Registration
from registrations.seats.domain import seats
from stemnet import jobs
from stemnet.exceptions import Refused
from stemnet.files import deleted_on_failure

PART = 25  # so many people are weighed again and written under one lock, which is short


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What issuing did for one person: where they stand, the new documents, or why there are no more."""

    readiness: Readiness
    issued: list[Document] = field(default_factory=list)
    refusal: Refused | None = None

    @property
    def person(self) -> Person:
        """Return whose outcome it is."""
        return self.readiness.person

    @property
    def issued_names(self) -> dict[str, str]:
        """Return the kinds that were issued, with what each is called."""
        return {document.kind: self.readiness.name_of(document.kind) for document in self.issued}

    @property
    def reason(self) -> str:
        """Return in one line why there are no more documents; empty when everyone has what there is."""
        return str(self.refusal) if self.refusal else self.readiness.reason


def issue(*, registration: Registration, kind: str, by: Actor, at: datetime) -> Document:
    """Issue the document of ``kind`` to one person, or return the valid one they have.

    Raises IssuingRefused with the reasons when a gate is not passed, Unprintable when no font of ours can
    print the name, SealUnusable when the seal has ended. The lock on the year's numbers makes two clicks at
    once issue one document.
    """
    readiness = stand_of(registration.network, registration.person, at=at)
    outcome = _issue_to_one(readiness, kinds=[kind], by=by, at=at)
    valid = outcome.readiness.documents | {document.kind: document for document in outcome.issued}
    if kind in valid:
        return valid[kind]
    raise outcome.refusal or refusal_of(outcome.readiness, kind)


def issue_ready(*, registration: Registration, by: Actor, at: datetime) -> list[Document]:
    """Issue every document that the person of ``registration`` is ready for; the educator's one click.

    Raises IssuingRefused when there is none, with the reason in one line.
    """
    readiness = stand_of(registration.network, registration.person, at=at)
    outcome = _issue_to_one(readiness, kinds=Kind.values, by=by, at=at)
    if outcome.refusal and not outcome.issued:
        raise outcome.refusal
    if not outcome.issued and not outcome.readiness.documents:
        raise IssuingRefused(sentence=outcome.readiness.own_reason)
    return outcome.issued


def issue_all(everyone: Sequence[Readiness], *, by: Actor, at: datetime) -> Iterator[Outcome]:
    """Issue to ``everyone`` of one network what they are ready for, and tell them; twice issues nothing more.

    One person's trouble, such as a name that cannot be printed, stops nobody else. What was issued before a
    stop stays, and so does its mail.
    """
    common = snapshots.said_by_all(everyone[0].course.network) if everyone else {}
    for start in range(0, len(everyone), PART):
        part = everyone[start : start + PART]
        ready = [one for one in part if one.ready]
        outcomes = _issue_to(ready, kinds=Kind.values, common=common, by=by, at=at, tell=True)
        for one in part:
            yield outcomes.get(one.person.pk) or Outcome(readiness=one)


def _issue_to_one(readiness: Readiness, *, kinds: Collection[str], by: Actor, at: datetime) -> Outcome:
    """Issue those of ``kinds`` that one person is ready for; who is ready for none is not weighed again."""
    if not set(readiness.ready) & set(kinds):
        return Outcome(readiness=readiness)
    common = snapshots.said_by_all(readiness.course.network)
    return _issue_to([readiness], kinds=kinds, common=common, by=by, at=at)[readiness.person.pk]


def _issue_to(
    people: list[Readiness],
    *,
    kinds: Collection[str],
    common: Mapping[str, Any],
    by: Actor,
    at: datetime,
    tell: bool = False,
) -> dict[int, Outcome]:
    """Issue those of ``kinds`` that ``people`` of one network are ready for; return the outcomes by person.

    Typesetting goes before the locks. Under them everyone is weighed once more, by what the network was
    when they were weighed before; the network's row keeps corrections of attendance out meanwhile, so that
    each is either in the document or has it reviewed.
    """
    if not people:
        return {}
    course = people[0].course
    day = issue_day(course.network, at)
    before = drafting.typeset(
        _wanted(people, kinds), numbers=document_codes.numbers_of(day), common=common, at=at
    )
    with jobs.finishing(), deleted_on_failure(), transaction.atomic():
        numbers = document_codes.lock_numbers(day)
        seats.lock_network(course.network)
        fresh = {one.person.pk: one for one in readiness_in(course, [one.person.pk for one in people])}
        drafts = drafting.typeset(
            _wanted(fresh.values(), kinds), numbers=numbers, common=common, at=at, before=before
        )
        documents = drafting.write(drafts, numbers=numbers, by=by, at=at)
        outcomes = {
            one.person.pk: _outcome(one, fresh.get(one.person.pk), drafts, documents) for one in people
        }
        if tell:
            told = [(one.readiness, one.issued_names) for one in outcomes.values() if one.issued]
            tell_of_documents(course.network, told, issued=[one.pk for one in documents], at=at)
    return outcomes


def _wanted(people: Collection[Readiness], kinds: Collection[str]) -> list[tuple[Readiness, str]]:
    """Return each person with each of ``kinds`` that they are ready for."""
    return [(one, kind) for one in people for kind in one.ready if kind in kinds]


def _outcome(
    before: Readiness, now: Readiness | None, drafts: drafting.Drafts, documents: list[Document]
) -> Outcome:
    """Return what became of one person, who may have lost seat and attendance since they were weighed."""
    if now is None:
        return Outcome(readiness=before, refusal=_never_there())
    refused = [refusal for (person, _kind), refusal in drafts.refused.items() if person == now.person.pk]
    return Outcome(
        readiness=now,
        issued=[document for document in documents if document.person_id == now.person.pk],
        refusal=refused[0] if refused else None,
    )


def issue_day(network: Network, at: datetime) -> date:
    """Return the day of issue on the network's own calendar."""
    return local_day(at, network.zone)


def stand_of(network: Network, person: Person, *, at: datetime) -> Readiness:
    """Return where the person stands; raise IssuingRefused for somebody who never took part."""
    readiness = readiness_of_person(network, person, at=at)
    if readiness is None:
        raise _never_there()
    return readiness


def _never_there() -> IssuingRefused:
    return IssuingRefused(sentence=_("There's no attendance to confirm."))


def refusal_of(readiness: Readiness, kind: str) -> IssuingRefused:
    """Return the refusal that says what the document of ``kind`` lacks."""
    return IssuingRefused(sentence="; ".join(readiness.lacks[kind]))
