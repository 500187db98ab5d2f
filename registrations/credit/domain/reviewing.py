"""Figures that changed after a document was issued: it is to be reviewed, never changed.

See docs/rules.md 3.3.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import Actor, acted
from registrations.credit.domain.readiness import Readiness, readiness_of
from registrations.credit.domain.snapshots import figures_now, figures_of
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Document, DocumentChange


def review_documents(registrations: Collection[int], *, meeting: Meeting, at: datetime) -> int:
    """Compare the valid documents of these registrations (keys) with the figures of today.

    Called whenever attendance at ``meeting`` was derived anew. Returns how many are to be reviewed; a
    document whose figures are right again needs no review.
    """
    network = meeting.network
    people = set(
        Document.objects.valid()
        .filter(network=network, person__registrations__in=registrations)
        .values_list("person", flat=True)
    )
    if network is None or not people:
        return 0
    return sum(
        _compare(document, readiness, at=at)
        for readiness in readiness_of(network, at=at, people=people)
        for document in readiness.documents.values()
    )


def _compare(document: Document, readiness: Readiness, *, at: datetime) -> bool:
    """Mark ``document`` where its figures are not those of today; take the mark off where they are."""
    now, then = figures_now(readiness, kind=document.kind), figures_of(document.snapshot)
    differs = now != then
    if differs == bool(document.to_be_reviewed_at):
        return differs
    document.to_be_reviewed_at = at if differs else None
    document.review_reason = _difference(now, then) if differs else ""
    document.save(update_fields=["to_be_reviewed_at", "review_reason"])
    return differs


def _difference(now: dict[str, int], then: dict[str, int]) -> str:
    """Return in one line what changed, in minutes counted."""
    if now["minutes"] == then["minutes"]:
        return _("The minutes of a meeting were corrected; the total is the same.")
    return _("The total was %(then)s minutes and is %(now)s now.") % {
        "then": then["minutes"],
        "now": now["minutes"],
    }


@transaction.atomic
def let_document_stand(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Let a document stand as it is after looking at it, for a reason that its history keeps."""
    if not reason.strip():
        raise IssuingRefused(sentence=_("Say why. We keep the reason with the document."))
    document = Document.objects.select_for_update().get(pk=document.pk)
    document.to_be_reviewed_at, document.review_reason = None, ""
    document.save(update_fields=["to_be_reviewed_at", "review_reason"])
    DocumentChange.objects.create(
        document=document,
        from_status=document.status,
        to_status=document.status,
        at=at,
        reason=reason.strip(),
        **acted(by),
    )
    return document
