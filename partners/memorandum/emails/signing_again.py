"""The e-mails to whoever was asked to sign what is not to be signed now: wait, or what was signed stands."""

from datetime import datetime

from django.utils.translation import gettext as _

from partners.memorandum.emails.signing import to_signatory
from partners.models import Signature


def overtaken(signature: Signature, *, reason: str, at: datetime) -> None:
    """Tell a signatory that nothing is to be signed for now."""
    to_signatory(
        signature,
        lambda values: {
            "subject": _("Please don't sign yet: %(mou)s") % values,
            "lines": [
                _(
                    "“%(mou)s” is changing before %(organization)s signs it. You can't sign with the "
                    "link you have."
                )
                % values,
                _("We'll send you a new one when the text is ready."),
            ],
            "quote": reason,
        },
        key=f"sign_overtaken:{signature.uid}",
        at=at,
    )


def stands(signature: Signature, earlier: Signature, *, reason: str, at: datetime) -> None:
    """Tell a signatory that the new version is not to be signed, and that what was signed before stands."""
    before = earlier.document.printed_number
    to_signatory(
        signature,
        lambda values: {
            "subject": _("Nothing to sign for now: %(mou)s") % values,
            "lines": [
                _(
                    "Please don't sign no. %(number)s of “%(mou)s” anymore. You can't sign with the "
                    "link you have."
                )
                % values,
                _("What was signed for %(organization)s, no. %(before)s, stays in effect.")
                % {**values, "before": before},
                _("You don't have to do anything. If there's a new version to sign, we'll ask you again."),
            ],
            "quote": reason,
        },
        key=f"sign_stands:{signature.uid}",
        at=at,
    )
