"""Figures that changed after a document was issued: it is to be reviewed, never changed.

See docs/rules.md 3.3.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, acted
from registrations.credit.domain.readiness import Readiness, course_of, weighed
from registrations.credit.domain.snapshots import figures_now, figures_of
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Document, DocumentChange
from registrations.seats.domain import seats

Figures = dict[str, Any]


def review_documents(
    network: Network,
    *,
    people: Collection[int] | None = None,
    changed: Collection[int] = (),
    because: str,
    at: datetime,
) -> None:
    """Compare the valid documents of ``network`` with the figures of today; `figures` calls it.

    ``people`` (keys) limits it to these persons; of those in ``changed`` a reason is written anew. A document
    whose figures are right again needs no review.
    """
    written = []
    for document, _where, now in compare(network, people=people, at=at):
        before = document.to_be_reviewed_at, document.review_reason
        is_news = document.person_id in changed
        after = verdict(document, now, is_news=is_news, because=because, at=at)
        if after != before:
            document.to_be_reviewed_at, document.review_reason = after
            written.append(document)
    Document.objects.bulk_update(written, ["to_be_reviewed_at", "review_reason"])


def compare(
    network: Network, *, people: Collection[int] | None, at: datetime
) -> list[tuple[Document, Readiness, Figures]]:
    """Return each valid document with where its person stands and what it would say today."""
    valid = Document.objects.valid().filter(network=network)
    if people is not None:
        valid = valid.filter(person__in=people)
    owners = set(valid.values_list("person", flat=True))
    if not owners:
        return []
    return [
        (document, readiness, figures_now(readiness, kind=document.kind))
        for readiness in weighed(course_of(network, at=at), owners)
        for document in readiness.documents.values()
    ]


def agrees(document: Document, now: Figures) -> bool:
    """Return whether a document says what is so today, or staff kept it against just these figures."""
    then = figures_of(document.snapshot)
    return {name: now[name] for name in then} == then or now == document.kept_as


def verdict(
    document: Document, now: Figures, *, is_news: bool, because: str, at: datetime
) -> tuple[datetime | None, str]:
    """Return since when ``document`` is to be reviewed and why; None and nothing where it agrees.

    What it said so far stays unless it ``is_news`` that its figures changed.
    """
    if agrees(document, now):
        return None, ""
    if document.to_be_reviewed_at and not is_news:
        return document.to_be_reviewed_at, document.review_reason
    return document.to_be_reviewed_at or at, _sentence(document, now, because=because)[:500]


def _sentence(document: Document, now: Figures, *, because: str) -> str:
    """Return in one sentence what changed, and what that makes of the total."""
    then = figures_of(document.snapshot)
    words = {"because": because, "now": _total(now), "then": _total(then)}
    if words["now"] != words["then"]:
        return _("%(because)s, so the total is %(now)s instead of %(then)s.") % words
    if now["rule"] != then["rule"]:
        words |= {"now": now["rule"] or _("none"), "then": then["rule"] or _("none")}
        return _("%(because)s, so the credit rule is %(now)s instead of %(then)s.") % words
    return _("%(because)s; the total is the same.") % words


def _total(figures: Figures) -> str:
    """Return the minutes and units of a document, as far as it has any: "720 minutes and 12 PDPs"."""
    minutes = _("%(minutes)s minutes") % {"minutes": figures["minutes"]}
    if not figures["unit_label"]:
        return minutes
    return _("%(minutes)s and %(units)s %(label)s") % {
        "minutes": minutes,
        "units": figures["units"],
        "label": figures["unit_label" if figures["units"] == "1" else "unit_label_plural"],
    }


@transaction.atomic
def let_document_stand(*, document: Document, reason: str, by: Actor, at: datetime) -> Document:
    """Let a document stand as it is after looking at it, for a reason that its history keeps."""
    if not reason.strip():
        raise IssuingRefused(sentence=_("Say why. We keep the reason with the document."))
    network = seats.lock_network(document.network)
    document = Document.objects.select_for_update().get(pk=document.pk)
    today = compare(network, people=[document.person_id], at=at)
    document.kept_as = next((now for one, _where, now in today if one.pk == document.pk), None)
    document.to_be_reviewed_at, document.review_reason = None, ""
    document.save(update_fields=["to_be_reviewed_at", "review_reason", "kept_as"])
    DocumentChange.objects.create(
        document=document,
        from_status=document.status,
        to_status=document.status,
        at=at,
        reason=reason.strip(),
        **acted(by),
    )
    return document
