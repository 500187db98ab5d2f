"""The mail that reminds of signatures: one a person a day, about all that wait for them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from partners.memorandum.emails import why
from partners.memorandum.emails.signing import private, questions, sign_by, to_one, values_of
from partners.models import Signature
from stemnet.models import Mail

Values = Mapping[str, Any]
Waiting = list[tuple[Signature, str]]


def reminder(waiting: Waiting, *, today: date, at: datetime) -> list[Mail]:
    """Return the mail that reminds a signatory of all these, each with the token of its fresh link."""
    signature, token = waiting[0]
    return to_one(
        signature,
        lambda values: (
            _one(signature, token, values, today=today)
            if len(waiting) == 1
            else _many(waiting, values, today=today)
        ),
        key=f"sign_reminder:{signature.uid}:{at.isoformat()}",
        secret=True,
        at=at,
    )


def _one(signature: Signature, token: str, values: Values, *, today: date) -> Values:
    """Say what waits where it is one signature."""
    alone = _("This link is only for you and works until %(until)s.")
    return {
        "subject": _("Reminder: please sign for %(organization)s: %(mou)s") % values,
        "lines": [
            _("“%(mou)s” is waiting for your signature for %(organization)s.") % values,
            *sign_by(signature, today=today),
            _("Open the page, read the document, then sign it, decline, or name somebody else to sign."),
            alone % values,
            *questions(),
        ],
        "action": _("Read the document"),
        "url": private(token),
    }


def _many(waiting: Waiting, values: Values, *, today: date) -> Values:
    """Say what waits where one person signs for several partners."""
    names = ", ".join(signature.organization_name for signature, _token in waiting)
    alone = _("These links are only for you and work until %(until)s.")
    return {
        "subject": _("Reminder: %(count)s signatures are waiting for you") % {"count": len(waiting)},
        "lines": [_("Each of these is waiting for your signature:")],
        "links": [_link(signature, token, today=today) for signature, token in waiting],
        "after": [
            _("Open each page, read the document, then sign it, decline, or name somebody else to sign."),
            alone % values,
            *questions(),
        ],
        "why": why.signs(names),
    }


def _link(signature: Signature, token: str, *, today: date) -> dict[str, str]:
    """Return one of several signatures in a mail: what it is, and where it is signed."""
    values = values_of(signature)
    words = " ".join([_("For %(organization)s: %(mou)s.") % values, *sign_by(signature, today=today)])
    label = _("Read the document for %(organization)s") % values
    return {"words": words, "label": label, "url": private(token)}
