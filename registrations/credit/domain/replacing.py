"""Revoking a document and replacing it by a new one. An issued document is never changed.

See docs/rules.md 3.3, 13.7.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor, acted
from registrations.credit.domain import document_codes, drafting, snapshots
from registrations.credit.domain.issuing import issue_day, refusal_of, stand_of
from registrations.credit.domain.telling import tell_of_document
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Document, DocumentChange, DocumentSequence
from registrations.seats.domain import seats
from stemnet import jobs
from stemnet.files import deleted_on_failure

Status = Document.Status


@jobs.finishing()
@transaction.atomic
def revoke(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Withdraw a valid document for a reason; its page says so from now on."""
    document = _lock_valid(document)
    _check_reason(reason)
    _change(document, to=Status.REVOKED, by=by, at=at, reason=reason)
    tell_of_document(document, reason=reason, at=at)
    return document


def reissue(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Replace a valid document by a new one with the figures of today; the old one says "superseded".

    It is typeset before the locks, and anew under them only where something changed meanwhile. Raises
    IssuingRefused when the person no longer passes the gates: then it can only be revoked.
    """
    _check_valid(Document.objects.get(pk=document.pk))
    _check_reason(reason)
    numbers = document_codes.numbers_of(issue_day(document.network, at))
    drafts = _drafts(document, numbers=numbers, at=at)
    with jobs.finishing():
        return _reissue(document, drafts, reason=reason, by=by, at=at)


@deleted_on_failure()
@transaction.atomic
def _reissue(
    document: Document, before: drafting.Drafts, *, reason: str, by: Actor, at: datetime
) -> Document:
    """Write what was typeset ``before``, under the locks."""
    numbers = document_codes.lock_numbers(issue_day(document.network, at))
    seats.lock_network(document.network)
    document = _lock_valid(document)
    _check_reason(reason)
    _change(document, to=Status.SUPERSEDED, by=by, at=at, reason=reason)
    drafts = _drafts(document, numbers=numbers, before=before, at=at)
    for refusal in drafts.refused.values():
        raise refusal
    new = drafting.write(drafts, numbers=numbers, by=by, at=at)[0]
    document.replaced_by = new
    document.save(update_fields=["replaced_by"])
    tell_of_document(document, at=at)
    return new


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise IssuingRefused(sentence=_("Say why. We keep the reason with the document."))


def _lock_valid(document: Document) -> Document:
    """Lock the document's row and return it fresh; raise IssuingRefused unless it is valid."""
    fresh = (
        Document.objects.select_for_update(of=("self",))
        .select_related("network", "person")
        .get(pk=document.pk)
    )
    _check_valid(fresh)
    return fresh


def _check_valid(document: Document) -> None:
    """Raise IssuingRefused unless the document is valid."""
    if document.status != Status.VALID:
        raise IssuingRefused(
            sentence=_("This document is already %(status)s.") % {"status": document.get_status_display()}
        )


def _change(document: Document, *, to: str, by: Actor, at: datetime, reason: str) -> None:
    """Change the status of a document and write the row of history."""
    before, document.status = document.status, to
    document.to_be_reviewed_at, document.review_reason = None, ""
    document.save(update_fields=["status", "to_be_reviewed_at", "review_reason"])
    DocumentChange.objects.create(
        document=document, from_status=before, to_status=to, at=at, reason=reason.strip(), **acted(by)
    )


def _drafts(
    document: Document,
    *,
    numbers: DocumentSequence,
    before: drafting.Drafts | None = None,
    at: datetime,
) -> drafting.Drafts:
    """Return the document that takes the place of one that stands no more.

    Raises IssuingRefused unless every gate is passed.
    """
    readiness, kind = stand_of(document.network, document.person, at=at), document.kind
    if readiness.lacks[kind]:
        raise refusal_of(readiness, kind)
    common = snapshots.said_by_all(readiness.course.network)
    return drafting.typeset([(readiness, kind)], numbers=numbers, common=common, at=at, before=before)
