"""Taking a locked document back that nobody has signed, and returning one locked part to its partner."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import mous, parts, sign_requests
from partners.memorandum.domain.document_words import last_parts
from partners.memorandum.exceptions import MouRefused, NotCurrent, NothingToChange
from partners.models import Mou, MouDocument, MouDocumentPart, MouRole, MouText, Person, Signature


@transaction.atomic
def unlock_document(document: MouDocument, *, reason: str, by: Person, at: datetime) -> None:
    """Take a document back that nobody has signed; its parts can be returned again. Raises MouRefused."""
    mou = mous.lock_mou(document.mou)
    document = MouDocument.objects.select_for_update(of=("self",)).select_related("text").get(pk=document.pk)
    family = [document, *document.joinders.all()]
    check_unsigned(document, family, reason=reason)
    for one in family:
        sign_requests.make_stale(one.signatures.all(), by=by, at=at, reason=reason)
    MouDocument.objects.filter(pk__in=[one.pk for one in family]).update(unlocked_at=at)
    document.replaces.update(replaced_by=None)
    standing = mou.documents.filter(unlocked_at=None)
    if not standing.filter(text=document.text_id).exists():
        MouText.objects.filter(pk=document.text_id).update(status=MouText.Status.CIRCULATED)
    if mou.status == Mou.Status.SIGNING and not standing.exists():
        mou.status = Mou.Status.DRAFTING
        mou.save(update_fields=["status"])
    before = last_parts(mou)
    for part in MouDocumentPart.objects.filter(document__in=family).select_related("role"):
        if part.role_id not in before or before[part.role_id].words != part.words:
            open_again(part.role, to=MouRole.Status.ACCEPTED, reason=reason, by=by, at=at)


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


@transaction.atomic
def reopen_part(role: MouRole, *, reason: str, by: Person, at: datetime) -> MouRole:
    """Return a locked part to its partner; whoever was asked to sign it is told. Raises MouRefused."""
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
    return role
