"""An editorial change: every signatory sees the difference and may object for 14 days (docs/rules.md 8.2).

One objection makes the change a material one, and everyone is asked to sign. Without one, the signatures
are carried over to the new document.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.memorandum.domain import mous, sign_requests, signing
from partners.memorandum.emails import signing_news as letters
from partners.memorandum.emails.anew import Anew
from partners.memorandum.exceptions import MouRefused
from partners.models import (
    MouDocument,
    MouDocumentPart,
    MouRole,
    MouText,
    Objection,
    Outsider,
    Signature,
    Sweep,
)
from stemnet import jobs
from stemnet.telling import tell

Status, Weight = Signature.Status, MouText.Weight
SWEEP = Sweep("time to object")


def open_change(signature: Signature, *, at: datetime) -> MouDocument | None:
    """Return the editorial change that the signatory of ``signature`` may still object to."""
    documents = signature.document.mou.documents.standing().whole()
    for document in documents.filter(objections_until__gt=at, number__gt=signature.document.number):
        if uncarried(document).filter(role=signature.part.role_id).exists():
            return document
    return None


def send_code(signature: Signature, *, seen: str, at: datetime, browser: str = "") -> None:
    """Send a code for ``browser`` to the signatory, to object to the change whose document hash is ``seen``.

    Raises LinkTooOld, TooManyCodes, MouRefused when the time is over or the change is another one.
    """
    code = signing.fresh_code(signature, purpose="object", at=at)
    with transaction.atomic():
        signature = sign_requests.lock_signature(signature)
        signing.check_link(signature, at=at)
        check_change(signature, seen=seen, at=at)
        signing.keep_code(signature, code, browser=browser, at=at)


def check_change(signature: Signature, *, seen: str, at: datetime) -> MouDocument:
    """Return the change that the page showed. Raises MouRefused where it takes no objection any more."""
    document = open_change(signature, at=at)
    if signature.status != Status.SIGNED or document is None or document.sha256 != seen:
        raise MouRefused(
            sentence=_(
                "The time to object to this change is over, or the change has already been made a "
                "material one."
            )
        )
    return document


def object_to(
    signature: Signature, *, code: str, reason: str, seen: str, at: datetime, browser: str = ""
) -> MouDocument:
    """Let the signatory, proved by the code, object to the change whose document hash is ``seen``.

    Everyone is asked to sign it instead. Raises MouRefused without a reason, or when the time is over or the
    change is another one; LinkTooOld, CodeRefused.
    """
    if not reason.strip():
        raise MouRefused(sentence=_("Say what you object to. The coordinators will read it."))
    signing.check_link(signature, at=at)
    check_change(signature, seen=seen, at=at)
    signing.compare_code(signature, typed=code, purpose="object", browser=browser, at=at)
    return _object(signature, reason=reason, seen=seen, at=at)


@jobs.finishing()
@transaction.atomic
def _object(signature: Signature, *, reason: str, seen: str, at: datetime) -> MouDocument:
    """Write the objection down under the memorandum's lock."""
    signature = sign_requests.lock_signature(signature)
    document = check_change(signature, seen=seen, at=at)
    signature.codes.all().delete()
    Objection.objects.create(
        document=document,
        role=signature.part.role,
        name=signature.signatory_name,
        reason=reason.strip()[:500],
        at=at,
    )
    document.weight, document.objections_until = Weight.MATERIAL, None
    document.save(update_fields=["weight", "objections_until"])
    why = _("%(organization)s objects: %(reason)s") % {
        "organization": signature.organization_name,
        "reason": reason.strip(),
    }
    waiting = list(
        uncarried(document).select_related("role", "document__text", "document__mou", "document__by")
    )
    anew = sign_requests.asking_anew(waiting, at=at, why=why)
    for part in waiting:
        said, by = anew.get(part.role_id, Anew(why=why)), Outsider(signature.signatory_name)
        sign_requests.ask_signatory(part, at=at, by=by, reason=why, anew=said)
    tell(letters.objected, signature, document=document, reason=reason, at=at)
    return document


def uncarried(document: MouDocument) -> QuerySet[MouDocumentPart]:
    """Return the parts of a document for which nobody was asked and nothing was carried over.

    A partner that has withdrawn since is bound no more: nothing is carried over for it or asked of it.
    """
    parts = document.parts.exclude(role__status=MouRole.Status.WITHDRAWN)
    return parts.filter(signatures=None).order_by("pk")


def sweep_carrying(*, at: datetime) -> int:
    """Carry the signatures over where nobody objected in time; return how many."""
    due = MouDocument.objects.standing().filter(objections_until__lte=at)
    return sum(carry(document, at=at) for document in due)


@transaction.atomic
def carry(document: MouDocument, *, at: datetime) -> int:
    """Let the signatures under the text before stand for this one; return how many."""
    mous.lock_mou(document.mou)
    document = MouDocument.objects.select_related("mou", "text").get(pk=document.pk)
    if document.objections_until is None or document.objections_until > at:
        return 0
    waiting = {part.role_id: part for part in uncarried(document)}
    given = Signature.objects.given().filter(document__mou=document.mou, part__role__in=list(waiting))
    latest = {one.part.role_id: one for one in given.select_related("part").order_by("signed_at", "pk")}
    for role_id, one in latest.items():
        carry_one(one, document=document, part=waiting[role_id], at=at)
    document.objections_until = None
    document.save(update_fields=["objections_until"])
    return len(latest)


def carry_one(one: Signature, *, document: MouDocument, part: MouDocumentPart, at: datetime) -> Signature:
    """Write the signature that stands for the corrected text, with where it came from."""
    carried = Signature(
        document=document,
        part=part,
        method=Signature.Method.CARRIED,
        signatory_name=one.signatory_name,
        signatory_title=one.signatory_title,
        signatory_email=one.signatory_email,
        organization_name=part.organization_name,
        document_sha256=document.sha256,
        part_sha256=part.sha256,
        text_number=document.text.number,
        typed_name=one.typed_name,
        asked_at=document.locked_at,
        signed_at=at,
        zone=one.zone,
        carried_from=one,
    )
    carried.status = Status.SIGNED
    carried.save(force_insert=True)
    sign_requests.move_signature(carried, to=Status.SIGNED, by=SWEEP, at=at)
    return carried
