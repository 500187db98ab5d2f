"""Issuing, revoking and replacing documents. An issued document is never changed.

See docs/rules.md 3.3, 13.7.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Person, acted, local_day
from registrations.credit import emails
from registrations.credit.documents import render
from registrations.credit.domain import document_codes, snapshots
from registrations.credit.domain.readiness import Readiness, readiness_of, readiness_of_person
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Document, DocumentChange, DocumentSequence, Registration
from stemnet.exceptions import Unprintable

Status = Document.Status


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What issuing for everyone did for one person: the new documents, or why there are no more."""

    person: Person
    issued: list[Document]
    reason: str


@transaction.atomic
def issue(*, registration: Registration, kind: str, by: Actor, at: datetime) -> Document:
    """Issue the document of ``kind`` to one person, or return the valid one they have.

    Raises IssuingRefused with the reasons when a gate is not passed, Unprintable when no font of
    ours can print the name. The lock on the year's numbers makes two clicks at once issue one document.
    """
    numbers = document_codes.lock_numbers(issue_day(registration.network, at))
    readiness = _readiness(registration.network, registration.person, at=at)
    if kind in readiness.documents:
        return readiness.documents[kind]
    return _write(readiness, kind=kind, numbers=numbers, by=by, at=at)


def issue_ready(*, registration: Registration, by: Actor, at: datetime) -> list[Document]:
    """Issue every document that the person of ``registration`` is ready for; the educator's one click.

    Raises IssuingRefused when there is none, with the reason in one line.
    """
    readiness = _readiness(registration.network, registration.person, at=at)
    if not readiness.ready and not readiness.documents:
        raise IssuingRefused(sentence=readiness.own_reason)
    return [issue(registration=readiness.registration, kind=kind, by=by, at=at) for kind in readiness.ready]


def issue_all(*, network: Network, by: Actor, at: datetime) -> Iterator[Outcome]:
    """Issue to everyone of ``network`` what they are ready for; a second time issues nothing.

    One person's trouble, such as a name that cannot be printed, stops nobody else.
    """
    for readiness in readiness_of(network, at=at):
        issued, reason = [], readiness.reason
        for kind in readiness.ready:
            try:
                issued.append(issue(registration=readiness.registration, kind=kind, by=by, at=at))
            except (IssuingRefused, Unprintable) as refusal:
                reason = str(refusal)
        if issued:
            emails.documents_ready(registration=readiness.registration, names=readiness.ready_names, at=at)
        yield Outcome(person=readiness.person, issued=issued, reason=reason)


@transaction.atomic
def revoke(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Withdraw a valid document for a reason; its page says so from now on."""
    document = _lock_valid(document)
    _check_reason(reason)
    _change(document, to=Status.REVOKED, by=by, at=at, reason=reason)
    emails.document_revoked(document=document, reason=reason, at=at)
    return document


@transaction.atomic
def reissue(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Replace a valid document by a new one with the figures of today; the old one says "superseded".

    Raises IssuingRefused when the person no longer passes the gates: then it can only be revoked.
    """
    numbers = document_codes.lock_numbers(issue_day(document.network, at))
    document = _lock_valid(document)
    _check_reason(reason)
    _change(document, to=Status.SUPERSEDED, by=by, at=at, reason=reason)
    readiness = _readiness(document.network, document.person, at=at)
    new = _write(readiness, kind=document.kind, numbers=numbers, by=by, at=at)
    document.replaced_by = new
    document.save(update_fields=["replaced_by"])
    emails.document_replaced(old=document, new=new, at=at)
    return new


def issue_day(network: Network, at: datetime) -> date:
    """Return the day of issue on the network's own calendar."""
    return local_day(at, network.zone)


def _readiness(network: Network, person: Person, *, at: datetime) -> Readiness:
    """Return where the person stands; raise IssuingRefused for somebody who never took part."""
    readiness = readiness_of_person(network, person, at=at)
    if readiness is None:
        raise IssuingRefused(sentence=_("There is no attendance to confirm."))
    return readiness


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise IssuingRefused(sentence=_("Say why: the reason is kept with the document."))


def _lock_valid(document: Document) -> Document:
    """Lock the document's row and return it fresh; raise IssuingRefused unless it is valid."""
    fresh = (
        Document.objects.select_for_update(of=("self",))
        .select_related("network", "person")
        .get(pk=document.pk)
    )
    if fresh.status != Status.VALID:
        raise IssuingRefused(
            sentence=_("This document is %(status)s already.") % {"status": fresh.get_status_display()}
        )
    return fresh


def _change(document: Document, *, to: str, by: Actor, at: datetime, reason: str) -> None:
    """Change the status of a document and write the row of history."""
    before, document.status = document.status, to
    document.to_be_reviewed_at, document.review_reason = None, ""
    document.save(update_fields=["status", "to_be_reviewed_at", "review_reason"])
    DocumentChange.objects.create(
        document=document, from_status=before, to_status=to, at=at, reason=reason.strip(), **acted(by)
    )


def _write(
    readiness: Readiness, *, kind: str, numbers: DocumentSequence, by: Actor, at: datetime
) -> Document:
    """Typeset and store a new document. Raises IssuingRefused unless every gate is passed."""
    if readiness.lacks[kind]:
        raise IssuingRefused(sentence="; ".join(readiness.lacks[kind]))
    code, number = document_codes.new_code(), document_codes.next_number(numbers)
    snapshot = snapshots.take(readiness, kind=kind, number=number, code=code, at=at)
    pdf = render(snapshot)
    document = Document(
        registration=readiness.registration,
        person=readiness.person,
        network=readiness.course.network,
        kind=kind,
        number=number,
        code=code,
        snapshot=snapshot,
        sha256=hashlib.sha256(pdf).hexdigest(),
        issued_at=at,
    )
    document.pdf.save(f"{number}.pdf", ContentFile(pdf), save=False)
    document.save()
    DocumentChange.objects.create(document=document, to_status=Status.VALID, at=at, **acted(by))
    return document
