"""Signing: what is bound by a signature, and how we know (docs/rules.md 8.3, 13.13).

A signature binds the hash of the document, the version of the shared text, the hash of the partner's part,
the signatory with title, and the organization's name as it was. Nothing is signed that is not what the page
showed: the page carries `fingerprint`, and it is compared under the lock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.documents.memorandum import sha256
from partners.memorandum.domain import sign_requests, taking_effect
from partners.memorandum.domain.document_words import digest
from partners.memorandum.domain.signing_names import as_typed, same_name
from partners.memorandum.emails import signing as letters
from partners.memorandum.emails import signing_news
from partners.memorandum.exceptions import (
    LinkTooOld,
    MouRefused,
    NoConsent,
    NoLongerOpen,
    OtherName,
    SigningChanged,
)
from partners.models import Actor, Outsider, Person, Signature, local_day
from stemnet import codes, jobs
from stemnet.models import Mail
from stemnet.outbox.queueing import put
from stemnet.telling import tell

Status, Method = Signature.Status, Signature.Method


@dataclass(frozen=True)
class Circumstances:
    """What is written down of the moment: from where, with what, and in which zone."""

    ip_address: str
    user_agent: str
    zone: str


def consent_words() -> str:
    """Return what a signatory consents to before signing electronically."""
    return _(
        "I agree to sign this memorandum electronically. I understand that an electronic "
        "signature counts the same as one by hand. I have read the document above and can "
        "keep a copy of it. I know that I can sign on paper instead: to do so, I do not send "
        "this form, and I ask the coordinator for a printed copy."
    )


def statement_words(signature: Signature) -> str:
    """Return the statement of authority that a signatory makes."""
    said = _("I am %(title)s of %(organization)s, and I am authorized to sign this memorandum for it.")
    return said % {"title": signature.signatory_title, "organization": signature.organization_name}


def fingerprint(signature: Signature) -> str:
    """Return all that a signature binds, as one hash for the page to carry."""
    bound = [
        signature.document_sha256,
        signature.part_sha256,
        signature.text_number,
        signature.signatory_name,
        signature.signatory_title,
        signature.organization_name,
    ]
    return f"{signature.document_sha256}.{digest(bound)}"


def check_signature_open(signature: Signature, *, seen: str, on: date) -> None:
    """Raise NoLongerOpen, SigningChanged or TermOver unless it waits to be signed as the page showed it."""
    document = signature.document
    check_asked(signature)
    if document.replaced_by_id or document.unlocked_at or seen != fingerprint(signature):
        raise SigningChanged
    if sha256(document.html) != signature.document_sha256:
        raise SigningChanged
    taking_effect.check_term(document, signature.part.role, on=on)


def check_asked(signature: Signature) -> None:
    """Raise SigningChanged or NoLongerOpen unless it is waited for."""
    if signature.status == Status.STALE:
        raise SigningChanged
    if signature.status != Status.ASKED:
        raise NoLongerOpen


def send_code(
    signature: Signature,
    *,
    seen: str,
    consented: bool,
    at: datetime,
    to_sign: bool = True,
    browser: str = "",
) -> None:
    """Send a code of 6 digits to the signatory who consents, or who declines or says that another signs.

    It works in the ``browser`` that asked; what another asked for stays as it is.

    Raises MouRefused, TooManyCodes.
    """
    if to_sign and not consented:
        raise NoConsent
    code = fresh_code(signature, purpose="sign" if to_sign else "answer", at=at)
    with transaction.atomic():
        signature = sign_requests.lock_signature(signature)
        check_link(signature, at=at)
        check_signature_open(signature, seen=seen, on=local_day(at))
        keep_code(signature, code, browser=browser, consent=consent_words() if to_sign else "", at=at)


@dataclass(frozen=True)
class Code:
    """A code, what it is for, and the mail that carries it, rendered while nothing is held."""

    digits: str
    purpose: str
    mails: list[Mail]


def fresh_code(signature: Signature, *, purpose: str, at: datetime) -> Code:
    """Return a new code for the signatory, who wants to "sign", "answer" or "object"."""
    digits = codes.fresh()
    return Code(digits, purpose, letters.code(signature, code=digits, purpose=purpose, at=at))


def keep_code(signature: Signature, code: Code, *, browser: str, at: datetime, consent: str = "") -> None:
    """Mail a code to the signatory; the caller holds the row. Raises TooManyCodes."""
    check_sendable(signature, purpose=code.purpose, at=at, again=True)
    kept = codes.hashed(code.digits, bound_to=bound_to(signature, code.purpose))
    sent = {"code_hash": kept, "consent": consent, "sent_at": at, "tries": 0}
    signature.codes.update_or_create(browser=browser, defaults=sent)
    signature.code_sent_at = at
    signature.save(update_fields=["code_sent_at"])
    put(code.mails, at=at)


def check_sendable(signature: Signature, *, purpose: str, at: datetime, again: bool = False) -> None:
    """Look whether another mail may go to the signatory, whose private link has a count of its own.

    Raises TooManyCodes.
    """
    link = f"signature:{signature.uid}"
    codes.check_sendable(signature.signatory_email, purpose=purpose, client=link, at=at, again=again)


def bound_to(signature: Signature, purpose: str) -> str:
    """Return what a code is for: one to sign declines nothing, and none to decline signs."""
    return f"signature:{signature.uid}:{purpose}"


def check_link(signature: Signature, *, at: datetime) -> None:
    """Raise LinkTooOld once the private link has run out."""
    if signature.token_until is None or signature.token_until <= at:
        raise LinkTooOld


def use_code(signature: Signature, *, typed: str, purpose: str, browser: str, at: datetime) -> None:
    """Count a try, whatever becomes of it, and compare.

    Raises CodeExpired, NoMoreTries, WrongCode; SigningChanged or NoLongerOpen where that voided the code.
    """
    check_asked(Signature.objects.get(pk=signature.pk))
    compare_code(signature, typed=typed, purpose=purpose, browser=browser, at=at)


def compare_code(signature: Signature, *, typed: str, purpose: str, browser: str, at: datetime) -> None:
    """Count a try, and compare with the code that was sent for this purpose to this browser.

    Raises CodeExpired, NoMoreTries, WrongCode.
    """
    mine = signature.codes.filter(browser=browser, sent_at__gte=at - codes.VALID)
    codes.compare(mine, typed=typed, bound_to=bound_to(signature, purpose))


def sign_electronically(
    signature: Signature,
    *,
    token: str,
    seen: str,
    code: str,
    typed_name: str,
    authorized: bool,
    circumstances: Circumstances,
    by: Person | None,
    at: datetime,
    browser: str = "",
) -> Signature:
    """Sign electronically by the private link ``token``, which leads to the signed copy from then on.

    ``by`` is whoever happens to be signed in, who may not be the drafter.

    Raises SigningChanged where the text, the part or the signatory changed since the page was opened;
    OtherName for another name than the document has; MouRefused without the statement, or where the drafter
    signs; NoLongerOpen, TermOver, LinkTooOld or CodeRefused as its checks do.
    """
    check_link(signature, at=at)
    check_signature_open(signature, seen=seen, on=local_day(at))
    check_said(signature, typed_name=typed_name, authorized=authorized)
    check_not_drafter(signature, by=by)
    use_code(signature, typed=code, purpose="sign", browser=browser, at=at)
    copy = letters.signed(signature, token=token, at=at)  # rendered while nothing is held
    return _write(
        signature,
        copy=copy,
        seen=seen,
        typed_name=typed_name,
        circumstances=circumstances,
        browser=browser,
        at=at,
    )


def check_said(signature: Signature, *, typed_name: str, authorized: bool) -> None:
    """Raise OtherName for another name than the document has, MouRefused without the statement."""
    if not authorized:
        raise MouRefused(
            sentence=_("Check the box that says you're authorized to sign for %(name)s.")
            % {"name": signature.organization_name}
        )
    if not same_name(typed_name, signature.signatory_name):
        raise OtherName(typed=typed_name, name=signature.signatory_name)


def check_not_drafter(signature: Signature, *, by: Person | None) -> None:
    """Raise MouRefused where whoever drafts the part would sign it."""
    role = signature.part.role
    name, address = signature.signatory_name, signature.signatory_email
    sign_requests.check_signatory(role, name=name, address=address)
    if by is not None and by.pk == role.drafter_id:
        raise MouRefused(sentence=_("You drafted this part, so somebody else has to sign it."))


@jobs.finishing()
@transaction.atomic
def _write(
    signature: Signature,
    *,
    copy: list[Mail],
    seen: str,
    typed_name: str,
    circumstances: Circumstances,
    browser: str,
    at: datetime,
) -> Signature:
    """Write the signature down under the memorandum's lock."""
    signature = sign_requests.lock_signature(signature)
    check_signature_open(signature, seen=seen, on=local_day(at))
    mine = signature.codes.filter(browser=browser).first()
    if mine is None or not mine.consent:
        raise NoConsent
    signature.consent = mine.consent
    signature.method, signature.signed_at = Method.ELECTRONIC, at
    signature.statement, signature.typed_name = statement_words(signature), as_typed(typed_name)[:150]
    signature.ip_address = circumstances.ip_address or None
    signature.user_agent = circumstances.user_agent[:300]
    signature.zone = known_zone(circumstances.zone)
    signature.save()
    signature.codes.all().delete()
    by = Outsider(signature.signatory_name)
    sign_requests.move_signature(signature, to=Status.SIGNED, by=by, at=at)
    follow_signature(signature, by=by, at=at)
    put(copy, at=at)
    return signature


def follow_signature(signature: Signature, *, by: Actor, at: datetime) -> None:
    """Do what follows from a signature: the partner joins, and everyone concerned is told."""
    taking_effect.take_effect(signature, by=by, at=at)
    tell(signing_news.told_signed, signature, at=at)
    if signature.document.joins_id:
        tell(signing_news.joined, signature, at=at)


def known_zone(name: str) -> str:
    """Return the name of a time zone, or UTC for what is none."""
    return name if name in available_timezones() else "UTC"
