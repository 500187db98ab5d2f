"""Locking the memorandum for signature: whoever is ready is in, the document is rendered, hashed and frozen.

Nothing waits for whoever is not ready: they join later. The document is typeset outside any lock; then the
memorandum's row and the rows of its parts are held, and all is compared once more with what was typeset, so
that what somebody edited meanwhile is never signed unseen.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from partners.memorandum.documents import memorandum
from partners.memorandum.domain import mous, parts, sign_links, sign_requests
from partners.memorandum.domain.document_words import (
    Gathered,
    ReadyPart,
    document_words,
    gather_for_freezing,
    term_of,
)
from partners.memorandum.emails import signing_news
from partners.memorandum.emails.anew import Anew
from partners.memorandum.exceptions import ChangedMeanwhile, MemorandumEnded, MouRefused, NotCurrent
from partners.models import (
    Contribution,
    Mou,
    MouDocument,
    MouDocumentPart,
    MouRole,
    MouText,
    Need,
    Person,
    Signature,
    local_day,
    zone_of_partnership,
)
from partners.models.memorandum import binding
from stemnet import jobs
from stemnet.files import deleted_on_failure
from stemnet.telling import tell

Weight = MouText.Weight


@dataclass(frozen=True)
class Typeset:
    """One document as it will be frozen."""

    ready: list[ReadyPart]
    number: int
    joins: MouDocument | None
    words: dict[str, object]
    html: str
    pdf: bytes


def freeze_for_signature(
    mou: Mou,
    *,
    seen: str,
    weight: str = "",
    sign_by: date | None = None,
    join: bool = False,
    by: Person,
    at: datetime,
) -> list[MouDocument]:
    """Freeze what `gather_for_freezing` shows; ``seen`` is its digest on the page that was opened.

    ``sign_by`` is the day to sign by, shown to signatories; without it, that of the ceremony counts. ``join``
    lets those who are ready join the current version, though a newer one was circulated.

    Raises ChangedMeanwhile where somebody changed the text or a part since, or while the document was
    typeset; MouRefused where nothing is ready, no day to be in force from is set, or objections may still
    come; Unprintable where no font of ours has a character of it.
    """
    mou = Mou.objects.get(pk=mou.pk)
    gathered = gather_for_freezing(mou, join=join)
    check_can_freeze(gathered, weight=weight, at=at)
    check_sign_by(sign_by, ends_on=last_day_of(gathered), on=local_day(at))
    if gathered.digest != seen:
        raise ChangedMeanwhile
    documents = typeset_documents(gathered, at=at)
    return freeze(mou, documents, seen=seen, weight=weight, sign_by=sign_by, join=join, by=by, at=at)


def check_can_freeze(gathered: Gathered, *, weight: str, at: datetime) -> None:
    """Raise MouRefused unless there is something to lock, and it can be locked now."""
    mou, current = gathered.mou, gathered.current
    if mou.status == Mou.Status.ENDED:
        raise MemorandumEnded
    if mou.effective_on is None:
        raise MouRefused(
            sentence=_("Set the date the memorandum takes effect. It's printed in the document.")
        )
    ends_on = last_day_of(gathered)
    if ends_on is not None and ends_on < local_day(at):
        raise MouRefused(
            sentence=_("The memorandum's last day has passed. Set a later one before you lock it.")
        )
    if not gathered.ready:
        raise MouRefused(sentence=_("No part has been accepted yet, so there's nothing to sign."))
    if current is not None and current.takes_objections(at):
        raise MouRefused(
            sentence=_("Signatories can still object to the last change. Wait until that time is over.")
        )
    if current is not None and not gathered.joining and weight not in (Weight.EDITORIAL, Weight.MATERIAL):
        raise MouRefused(sentence=_("Say whether the change is editorial or material."))
    if current is not None and weight == Weight.EDITORIAL and new_term(gathered):
        raise MouRefused(
            sentence=_(
                "The dates or the notice changed, so the change is material. Signatories have to "
                "agree to it by signing."
            )
        )


def new_term(gathered: Gathered) -> bool:
    """Return whether a new document says other days, or another notice, than the current one."""
    if gathered.current is None or gathered.joining:
        return False
    term = term_of(gathered.mou)
    return any(
        term[name] != gathered.current.words[name] for name in ("effective_on", "ends_on", "notice_days")
    )


def last_day_of(gathered: Gathered) -> date | None:
    """Return the last day that the documents will say."""
    if gathered.joining and gathered.current is not None:
        return binding.last_day(gathered.current)
    return gathered.mou.ends_on


def check_sign_by(sign_by: date | None, *, ends_on: date | None, on: date) -> None:
    """Raise MouRefused for a day to sign by that is past, or after the last day of the document."""
    if sign_by is not None and sign_by < on:
        raise MouRefused(sentence=_("The date to sign by has passed."))
    if sign_by is not None and ends_on is not None and sign_by > ends_on:
        raise MouRefused(sentence=_("The date to sign by is after the memorandum's last day."))


@transaction.atomic
def set_sign_by(document: MouDocument, *, sign_by: date | None, at: datetime) -> None:
    """Move the day to sign a locked document by, or take it away. Raises MouRefused."""
    mous.lock_mou(document.mou)
    document = MouDocument.objects.get(pk=document.pk)
    if document.unlocked_at or document.replaced_by_id:
        raise NotCurrent
    check_sign_by(sign_by, ends_on=binding.last_day(document), on=local_day(at))
    document.sign_by = sign_by
    document.save(update_fields=["sign_by"])


def typeset_documents(gathered: Gathered, *, at: datetime) -> list[Typeset]:
    """Return the documents that locking makes: one, or a joinder for each who comes later."""
    last = gathered.mou.documents.aggregate(last=Max("number"))["last"] or 0
    groups = [[part] for part in gathered.ready] if gathered.joining else [gathered.ready]
    joins = gathered.current if gathered.joining else None
    found = []
    for number, ready in enumerate(groups, start=last + 1):
        words = document_words(gathered, ready, number=number, joins=joins, on=local_day(at))
        html = memorandum.as_html(words)
        pdf = memorandum.as_pdf(words, html_sha256=memorandum.sha256(html))
        found.append(Typeset(ready=ready, number=number, joins=joins, words=words, html=html, pdf=pdf))
    return found


@jobs.finishing()
@deleted_on_failure()
@transaction.atomic
def freeze(
    mou: Mou,
    documents: list[Typeset],
    *,
    seen: str,
    weight: str,
    sign_by: date | None,
    join: bool,
    by: Person,
    at: datetime,
) -> list[MouDocument]:
    """Write down what was typeset, unless anything changed meanwhile. Raises ChangedMeanwhile."""
    mou = mous.lock_mou(mou)
    list(mou.roles.select_for_update(of=("self",)).order_by("pk"))
    gathered = gather_for_freezing(mou, join=join)
    if gathered.digest != seen or mou.documents.filter(number=documents[0].number).exists():
        raise ChangedMeanwhile
    frozen = [
        write_document(gathered, one, weight=weight, sign_by=sign_by, by=by, at=at) for one in documents
    ]
    close_parts(gathered, by=by, at=at)
    if mou.status == Mou.Status.DRAFTING:
        mou.status = Mou.Status.SIGNING
        mou.save(update_fields=["status"])
    MouText.objects.filter(pk=gathered.text.pk).update(status=MouText.Status.LOCKED)
    for document in frozen:
        ask_all(document, gathered, at=at)
    return frozen


def write_document(
    gathered: Gathered, one: Typeset, *, weight: str, sign_by: date | None, by: Person, at: datetime
) -> MouDocument:
    """Write one document with its parts; a whole one replaces that before it and its joinders."""
    first = gathered.current is None or one.joins is not None
    document = MouDocument(
        mou=gathered.mou,
        text=gathered.text,
        number=one.number,
        joins=one.joins,
        weight=Weight.FIRST if first else weight,
        words=one.words,
        html=one.html,
        sha256=memorandum.sha256(one.html),
        pdf_sha256=memorandum.sha256(one.pdf),
        locked_at=at,
        sign_by=sign_by,
        by=by,
    )
    document.pdf.save("memorandum.pdf", ContentFile(one.pdf), save=False)
    document.save(force_insert=True)
    parts_of = MouDocumentPart.objects.bulk_create(
        MouDocumentPart(
            document=document,
            role=part.role,
            organization_name=part.words["organization"],
            words=part.words,
            sha256=part.sha256,
            closed=part.role.status == MouRole.Status.ACCEPTED,
        )
        for part in one.ready
    )
    for name in ("needs", "contributions"):
        keep_rows(parts_of, one.ready, name=name)
    return document


def keep_rows(written: list[MouDocumentPart], ready: list[ReadyPart], *, name: str) -> None:
    """Keep which "needs" or "contributions" each part in a document says."""
    through: Any = Need.promised_in.through if name == "needs" else Contribution.promised_in.through
    column = "need_id" if name == "needs" else "contribution_id"
    through.objects.bulk_create(
        through(**{column: key}, moudocumentpart_id=part.pk)
        for part, one in zip(written, ready, strict=True)
        for key in getattr(one, name)
    )


def close_parts(gathered: Gathered, *, by: Person, at: datetime) -> None:
    """Lock the parts whose words are in a document now."""
    for part in gathered.ready:
        if part.role.status == MouRole.Status.ACCEPTED:
            parts.move_part(parts.lock_part(part.role), to=MouRole.Status.LOCKED, by=by, at=at)


def ask_all(document: MouDocument, gathered: Gathered, *, at: datetime) -> None:
    """Ask whoever has to sign; after an editorial change, tell those who signed and keep their right."""
    before = gathered.current if document.joins is None else None
    kept = {}
    if before is not None and document.weight == Weight.EDITORIAL:
        kept = sign_requests.to_carry(document)
    overtake(document, at=at)
    rows = document.parts.select_related("role").order_by("pk")
    waiting = [part for part in rows if part.role_id not in kept]
    anew = sign_requests.asking_anew(waiting, at=at)
    for part in waiting:
        sign_requests.ask_signatory(part, at=at, anew=anew.get(part.role_id, Anew()))
    if kept:
        document.objections_until = end_of_objections(at)
        document.save(update_fields=["objections_until"])
        tell(sign_links.send_changes, list(kept.values()), document=document, at=at)
        tell(signing_news.changed, list(kept.values()), document=document, at=at)


def overtake(document: MouDocument, *, at: datetime) -> None:
    """Let a document take the place of those before it, a joinder only that of its part in them.

    Nobody is told of the requests that it overtakes: a new one follows.
    """
    older = MouDocument.objects.standing().filter(mou=document.mou, number__lt=document.number)
    open_still = Signature.objects.filter(document__in=older)
    if document.joins_id:
        open_still = open_still.filter(part__role__in=document.parts.values("role"))
    why = newer_words(document)
    sign_requests.make_stale(open_still, by=document.by, at=at, reason=why, tell=False, overtaken_by=document)
    if not document.joins_id:
        older.update(replaced_by=document)


def end_of_objections(at: datetime) -> datetime:
    """Return when the time to object is over: the end of the 14th day at the partnership's own place."""
    after = local_day(at) + timedelta(days=settings.OBJECTION_DAYS + 1)
    return datetime.combine(after, time(), tzinfo=zone_of_partnership())


def newer_words(document: MouDocument) -> str:
    """Say why a request for the document before is void."""
    return _("A newer document replaces it: no. %(number)s") % {"number": document.printed_number}
