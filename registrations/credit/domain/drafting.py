"""New documents: typeset before the lock with the numbers that come next, and written under it in one step.

What was typeset before the lock is used where nothing changed meanwhile, so the lock on the year's numbers is
short (docs/rules.md 13.7).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import prefetch_related_objects

from partners.models import Actor, acted
from registrations.credit.documents import render_document
from registrations.credit.domain import document_codes, snapshots
from registrations.credit.domain.readiness import Readiness
from registrations.credit.domain.seals import seal_in_use
from registrations.models import Document, DocumentChange, DocumentSequence, Seal
from stemnet import pdf_seal
from stemnet.exceptions import SealUnusable, Unprintable
from stemnet.paper_codes import new_paper_code

Wanted = Iterable[tuple[Readiness, str]]
Key = tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A document of one person before it is written: what it says, and the PDF that says it."""

    readiness: Readiness
    snapshot: dict[str, Any]
    pdf: bytes


@dataclass(frozen=True)
class Drafts:
    """Drafts in the order of their numbers, and why there is none, both by person (key) and kind."""

    made: dict[Key, Draft] = field(default_factory=dict)
    refused: dict[Key, Unprintable | SealUnusable] = field(default_factory=dict)


def typeset(
    wanted: Wanted,
    *,
    numbers: DocumentSequence,
    common: Mapping[str, Any],
    at: datetime,
    before: Drafts | None = None,
) -> Drafts:
    """Return the drafts of the documents that are ``wanted``, a person and a kind each.

    Their numbers follow on those given so far; one that cannot be printed uses up none. ``common`` is what
    all of them say, and ``before`` are drafts whose PDF is taken over where they say the same.
    """
    wanted = list(wanted)
    prefetch_related_objects([readiness.person for readiness, _kind in wanted], "educator_numbers")
    known, drafts = (before or Drafts()).made, Drafts()
    for readiness, kind in wanted:
        key = readiness.person.pk, kind
        old = known.get(key)
        snapshot = snapshots.take_snapshot(
            readiness,
            kind=kind,
            number=document_codes.number_after(numbers, len(drafts.made)),
            code=old.snapshot["code"] if old else new_paper_code(),
            at=at,
            common=common,
        )
        try:
            kept = old is not None and old.snapshot == snapshot
            pdf = old.pdf if old and kept else pdf_seal.seal(render_document(snapshot), at=at)
        except (Unprintable, SealUnusable) as refusal:
            drafts.refused[key] = refusal
        else:
            drafts.made[key] = Draft(readiness=readiness, snapshot=snapshot, pdf=pdf)
    return drafts


def write(drafts: Drafts, *, numbers: DocumentSequence, by: Actor, at: datetime) -> list[Document]:
    """Store the drafts as documents, in the order of their numbers; ``numbers`` must be locked."""
    if not drafts.made:
        return []
    seal = seal_in_use(at=at)
    documents = Document.objects.bulk_create(
        _document(draft, seal=seal, at=at) for draft in drafts.made.values()
    )
    numbers.last += len(documents)
    numbers.save(update_fields=["last"])
    DocumentChange.objects.bulk_create(
        DocumentChange(document=document, to_status=Document.Status.VALID, at=at, **acted(by))
        for document in documents
    )
    return documents


def _document(draft: Draft, *, seal: Seal | None, at: datetime) -> Document:
    """Return the row of a draft, with its PDF in the storage."""
    readiness, snapshot = draft.readiness, draft.snapshot
    document = Document(
        registration=readiness.registration,
        person=readiness.person,
        network=readiness.course.network,
        kind=snapshot["kind"],
        number=snapshot["number"],
        code=snapshot["code"],
        snapshot=snapshot,
        sha256=hashlib.sha256(draft.pdf).hexdigest(),
        seal=seal,
        issued_at=at,
    )
    document.pdf.save(f"{document.number}.pdf", ContentFile(draft.pdf), save=False)
    return document
