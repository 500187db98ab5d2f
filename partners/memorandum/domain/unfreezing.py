"""Taking a locked document back that nobody has signed, and returning one locked part to its partner."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import mous, parts, sign_requests
from partners.memorandum.emails import mou as part_letters
from partners.memorandum.emails.anew import Anew
from partners.memorandum.exceptions import MouRefused, NotCurrent, NothingToChange
from partners.models import (
    Mou,
    MouDocument,
    MouDocumentPart,
    MouRole,
    MouText,
    Person,
    Signature,
    local_day,
)
from partners.models.memorandum import binding
from stemnet import jobs
from stemnet.telling import tell


@jobs.finishing()
@transaction.atomic
def unlock_document(document: MouDocument, *, reason: str, by: Person, at: datetime) -> None:
    """Take a document back that nobody has signed, and all that locking it did. Raises MouRefused.

    The document before it stands again: who was asked to sign that is asked once more, who had signed it
    reads that it stands, and parts that were closed with this one can be returned again.
    """
    mou = mous.lock_mou(document.mou)
    document = MouDocument.objects.select_for_update(of=("self",)).select_related("text").get(pk=document.pk)
    family = [document, *document.joinders.all()]
    check_unsigned(document, family, reason=reason)
    asked = list(
        Signature.objects.asked().filter(document__in=family).select_related("document__mou", "part")
    )
    for one in family:
        sign_requests.make_stale(one.signatures.all(), by=by, at=at, reason=reason, tell=False)
    MouDocument.objects.filter(pk__in=[one.pk for one in family]).update(unlocked_at=at)
    document.replaces.update(replaced_by=None)
    standing = mou.documents.filter(unlocked_at=None)
    if not standing.filter(text=document.text_id).exists():
        MouText.objects.filter(pk=document.text_id).update(status=MouText.Status.CIRCULATED)
    if mou.status == Mou.Status.SIGNING and not standing.exists():
        mou.status = Mou.Status.DRAFTING
        mou.save(update_fields=["status"])
    for part in MouDocumentPart.objects.filter(document__in=family, closed=True).select_related("role"):
        open_again(part.role, to=MouRole.Status.ACCEPTED, reason=reason, by=by, at=at)
    restored = ask_once_more(family, reason=reason, by=by, at=at)
    others = [one for one in asked if one.part.role_id not in restored]  # the restored request says so
    if others:
        tell(sign_requests.tell_taken_back, others, reason=reason, at=at)


def ask_once_more(family: list[MouDocument], *, reason: str, by: Person, at: datetime) -> set[int]:
    """Restore the requests that locking ``family`` had overtaken; return the parts that are asked.

    Parts that were opened for change since then are not asked: that took their requests back, too.
    """
    by_key, asked, today = {one.pk: one for one in family}, set(), local_day(at)
    overtaken = Signature.objects.filter(overtaken_by__in=family, status=Signature.Status.STALE)
    rows = overtaken.filter(document__unlocked_at=None, document__replaced_by=None)
    for one in rows.select_related("part__role__mou", "part__document__text").order_by("pk"):
        role, document, newer = one.part.role, one.part.document, by_key[one.overtaken_by_id or 0]
        opened = role.changes.filter(to_status=MouRole.Status.RETURNED, at__gt=newer.locked_at)
        if binding.has_left(role, on=today) or binding.is_over(document, on=today) or opened.exists():
            continue
        said = sign_requests.asking_anew([one.part], at=at, why=reason).get(role.pk, Anew(why=reason))
        anew = replace(said, withdrawn=newer.printed_number)
        sign_requests.ask_signatory(one.part, by=by, at=at, reason=reason, anew=anew)
        asked.add(role.pk)
    return asked


def check_unsigned(document: MouDocument, family: list[MouDocument], *, reason: str) -> None:
    """Raise MouRefused unless the document is the current one and nobody has signed it."""
    if not reason.strip():
        raise MouRefused(sentence=_("Say why. The people you asked to sign will read it."))
    if document.unlocked_at or document.replaced_by_id:
        raise NotCurrent
    if document.objections_until or Signature.objects.signed().filter(document__in=family).exists():
        raise MouRefused(
            sentence=_("It's been signed, so it can't be unlocked. To change it, make a new version.")
        )


def open_again(role: MouRole, *, to: str, reason: str, by: Person, at: datetime) -> None:
    """Give a locked part a status that it can be changed in."""
    role = parts.lock_part(role)
    if role.status == MouRole.Status.LOCKED:
        parts.move_part(role, to=to, by=by, at=at, reason=reason)


@jobs.finishing()
@transaction.atomic
def reopen_part(role: MouRole, *, reason: str, by: Person, at: datetime) -> MouRole:
    """Return a locked part to its partner, who is told, as is who was asked to sign it. Raises MouRefused."""
    mous.lock_mou(role.mou)
    role = parts.lock_part(role)
    if role.status != MouRole.Status.LOCKED:
        raise MouRefused(sentence=_("Only a locked part can be reopened."))
    if not reason.strip():
        raise NothingToChange
    asked = Signature.objects.filter(part__role=role)
    sign_requests.make_stale(asked, by=by, at=at, reason=reason)
    parts.move_part(role, to=MouRole.Status.RETURNED, by=by, at=at, reason=reason)
    parts.write_comment(role, text=reason, by=by, at=at)
    tell(part_letters.returned, role, comment=reason, at=at)
    return role
