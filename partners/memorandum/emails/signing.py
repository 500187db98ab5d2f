"""The e-mails of signing: the request with its private link, the code, copies, and what changed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.memorandum.emails import anew, why
from partners.memorandum.emails.anew import Anew
from partners.models import (
    MouDocument,
    Partnership,
    Person,
    Signature,
    local_day,
    zone_of_partnership,
)
from partners.people.emails import to_each
from stemnet import wording
from stemnet.models import Mail
from stemnet.outbox.queueing import Letter, prepare_many, put

TEMPLATE = "mail/partners/signing"
CODE = "mail/partners/signing_code"

About = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def request(signature: Signature, *, token: str, at: datetime, again: Anew | None = None) -> list[Mail]:
    """Return the mail that asks to read and sign; ``again`` says why a signatory is asked once more."""
    again = again or Anew()
    return to_one(
        signature,
        lambda values: {
            "subject": (
                _("A new version to sign for %(organization)s: %(mou)s")
                if again.signed
                else _("Please sign for %(organization)s: %(mou)s")
            )
            % values,
            "lines": [
                _("You've been named to sign “%(mou)s” for %(organization)s.") % values,
                *anew.lines(signature, again),
                *sign_by(signature, today=local_day(at)),
                _("Open the page, read the document, then sign it, decline, or name somebody else to sign."),
                _("The link is only for you and works until %(until)s.") % values,
                *questions(),
            ],
            "quote": again.why,
            "action": _("Read the document"),
            "url": private(token),
        },
        key=f"sign_request:{signature.uid}:{at.isoformat()}",
        secret=True,
        at=at,
    )


def sign_by(signature: Signature, *, today: date) -> list[str]:
    """Say by when it is to be signed, where a day is set."""
    if signature.due_on is None:
        return []
    late = signature.due_on < today
    said = _("It was due to be signed by %(day)s.") if late else _("Please sign by %(day)s.")
    return [said % {"day": wording.day(signature.due_on)}]


def code(signature: Signature, *, code: str, purpose: str, at: datetime) -> list[Mail]:
    """Return the mail with a code to "sign", to "object", or to "answer": to decline or name another."""
    return to_one(
        signature,
        lambda values: {
            **values,
            "code": code,
            "purpose": purpose,
            "why": why.opened_to_sign(signature.organization_name),
        },
        key=f"sign_code:{signature.uid}:{at.isoformat()}",
        template=CODE,
        secret=True,
        at=at,
    )


def signed(signature: Signature, *, token: str, at: datetime) -> list[Mail]:
    """Return the mail that gives the signatory the way to the signed copy."""
    return to_one(
        signature,
        lambda values: {
            "subject": _("Signed for %(organization)s: %(mou)s") % values,
            "lines": [
                _("%(signatory)s signed “%(mou)s” for %(organization)s.") % values,
                _("Document no. %(number)s, SHA-256 %(sha256)s.") % values,
                _("Keep a copy. You can download the document and its evidence until %(until)s.") % values,
            ],
            "action": _("Get your copy"),
            "url": private(token),
        },
        key=f"sign_copy:{signature.uid}:{at.isoformat()}",
        secret=True,
        at=at,
    )


def changed(signature: Signature, *, document: MouDocument, token: str, at: datetime) -> list[Mail]:
    """Return the mail that shows a signatory an editorial change, with the days to object."""
    return to_one(
        signature,
        lambda values: {
            "subject": _("A small change to what you signed: %(mou)s") % values,
            "lines": [
                _("The text of “%(mou)s” that you signed for %(organization)s was corrected.") % values,
                _(
                    "Your signature also counts for the corrected text unless you object by the end of "
                    "%(until)s."
                )
                % {"until": last_day(document)},
                _("If even one partner objects, we ask everyone to sign again."),
            ],
            "quote": document.text.note,
            "action": _("See the difference"),
            "url": private(token),
        },
        key=f"sign_changed:{signature.uid}:{document.uid}",
        secret=True,
        at=at,
    )


def values_of(signature: Signature) -> dict[str, Any]:
    """Return what the mails about a signature say of it."""
    document = signature.document
    until = signature.token_until
    return {
        "organization": signature.organization_name,
        "mou": document.mou,
        "signatory": f"{signature.signatory_name}, {signature.signatory_title}",
        "number": document.printed_number,
        "sha256": document.sha256,
        "until": wording.moment(until, zone_of_partnership().key) if until else "",
    }


def last_day(document: MouDocument) -> str:
    """Return until when one may object to an editorial change."""
    return wording.day(document.objections_on) if document.objections_on else ""


def questions() -> list[str]:
    """Say whom to ask, where the partnership names an address."""
    partnership = Partnership.objects.first()
    if partnership is None or not partnership.contact_email:
        return []
    return [_("Questions? Write to %(address)s.") % {"address": partnership.contact_email}]


def private(token: str) -> str:
    """Return the private address of a signature, or nothing without a token."""
    return reverse("sign", args=[token]) if token else ""


def to_signatory(signature: Signature, said: About, *, key: str, at: datetime, secret: bool = False) -> None:
    """Queue one mail to the signatory, as `to_one` returns it."""
    put(to_one(signature, said, key=key, secret=secret, at=at), at=at)


def to_one(
    signature: Signature,
    said: About,
    *,
    key: str,
    at: datetime,
    template: str = TEMPLATE,
    secret: bool = False,
) -> list[Mail]:
    """Render one mail to the signatory, who may be nobody we know, in the language of the portal.

    ``said`` is given what `values_of` returns. Nothing is returned where there is no address.
    """
    if not signature.signatory_email:
        return []
    with override(settings.LANGUAGE_CODE):
        reason = why.signs(signature.organization_name)
        values = values_of(signature)
        context = {"person": signature.signatory_name, "why": reason, "filled": values, **said(values)}
    letter: Letter = {
        "key": key[:250],
        "address": signature.signatory_email,
        "template": template,
        "context": context,
        "object": str(signature.uid),
        "secret": secret,
    }
    return prepare_many([letter], at=at)


def to_people(people: Iterable[Person], signature: Signature, said: About, *, key: str, at: datetime) -> None:
    """Queue one mail about a signature to each of ``people``; ``said`` is given what `values_of` returns."""
    to_each(
        people,
        TEMPLATE,
        lambda: {
            "url": signature.get_absolute_url(),
            "why": why.coordinates_or_writes_part(signature.organization_name),
            "filled": values_of(signature),
            **said(values_of(signature)),
        },
        key=key,
        at=at,
    )
