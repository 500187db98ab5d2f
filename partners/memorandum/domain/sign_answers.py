"""Other answers than a signature on the page: on paper, declined, or handed on to somebody else."""

from datetime import date, datetime
from typing import IO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.documents.memorandum import sha256
from partners.memorandum.domain import sign_links, sign_requests
from partners.memorandum.domain.signing import (
    check_link,
    check_not_drafter,
    check_signature_open,
    fingerprint,
    follow_signature,
    use_code,
)
from partners.memorandum.emails import signing_news as letters
from partners.memorandum.exceptions import MouRefused, NoLongerOpen
from partners.models import Outsider, Person, Signature, local_day
from stemnet import jobs
from stemnet.files import deleted_on_failure
from stemnet.telling import tell

Status, Method = Signature.Status, Signature.Method


@jobs.finishing()
@deleted_on_failure()
@transaction.atomic
def record_paper(
    signature: Signature,
    *,
    signed_on: date,
    place: str,
    scan: "File[bytes] | IO[bytes]",
    by: Person,
    at: datetime,
) -> Signature:
    """Record a signature that was given by hand on the printed copy. Raises MouRefused."""
    signature = sign_requests.lock_signature(signature)
    if signature.status != Status.ASKED:
        raise NoLongerOpen
    check_signature_open(signature, seen=fingerprint(signature), on=signed_on)
    if not local_day(signature.document.locked_at) <= signed_on <= local_day(at):
        raise MouRefused(sentence=_("The signing date has to be between the day it was locked and today."))
    if not place.strip():
        raise MouRefused(sentence=_("Say where it was signed."))
    check_not_drafter(signature, by=None)
    signature.method, signature.signed_at = Method.PAPER, at
    signature.signed_on, signature.place, signature.recorded_by = signed_on, place.strip(), by
    signature.typed_name = signature.signatory_name
    signature.scan_sha256 = sha256(scan.read())
    scan.seek(0)
    signature.scan.save("scan", File(scan), save=False)
    signature.save()
    sign_requests.move_signature(signature, to=Status.SIGNED, by=by, at=at)
    follow_signature(signature, by=by, at=at)
    tell(sign_links.send_copy, signature, at=at)
    return signature


def decline_to_sign(
    signature: Signature, *, code: str, reason: str, at: datetime, browser: str = ""
) -> Signature:
    """Let the signatory, proved by the code, say no with a reason that contacts and coordinators read.

    Raises NoLongerOpen, LinkTooOld, MouRefused without a reason, CodeRefused.
    """
    check_link(signature, at=at)
    if signature.status != Status.ASKED:
        raise NoLongerOpen
    if not reason.strip():
        raise MouRefused(sentence=_("Say why. The coordinator and your own contact will read it."))
    use_code(signature, typed=code, purpose="answer", browser=browser, at=at)
    return _decline(signature, reason=reason, at=at)


@jobs.finishing()
@transaction.atomic
def _decline(signature: Signature, *, reason: str, at: datetime) -> Signature:
    """Write the refusal down under the memorandum's lock."""
    signature = sign_requests.lock_signature(signature)
    if signature.status != Status.ASKED:
        raise NoLongerOpen
    signature.codes.all().delete()
    by = Outsider(signature.signatory_name)
    sign_requests.move_signature(signature, to=Status.DECLINED, by=by, at=at, reason=reason)
    tell(letters.declined, signature, at=at)
    return signature


@jobs.finishing()
def hand_on(
    signature: Signature,
    *,
    code: str,
    name: str,
    title: str,
    address: str,
    reason: str,
    at: datetime,
    browser: str = "",
) -> Signature:
    """Let the signatory, proved by the code, say who signs instead. Raises MouRefused, CodeRefused."""
    check_link(signature, at=at)
    if signature.status != Status.ASKED:
        raise NoLongerOpen
    role = signature.part.role
    sign_requests.check_signatory(role, name=name, address=address)
    use_code(signature, typed=code, purpose="answer", browser=browser, at=at)
    by = Outsider(signature.signatory_name)
    with transaction.atomic():
        new = sign_requests.name_another(
            signature.part, name=name, title=title, address=address, reason=reason, by=by, at=at
        )
        tell(letters.handed_on, signature, new=new, at=at)
    return new
