"""What a request says to whoever is asked once more: why, what is different, what was signed before."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Signature
from stemnet import wording

LISTED = 8


@dataclass(frozen=True)
class Anew:
    """Why somebody is asked again: what was signed before and when, what is different, and the reason.

    ``headings`` name the places that differ. ``withdrawn`` is the printed number of a document that was
    unlocked, so that an older request stands again.
    """

    signed: Signature | None = None
    given_on: date | None = None
    headings: tuple[str, ...] = ()
    why: str = ""
    withdrawn: str = ""


def lines(signature: Signature, anew: Anew) -> list[str]:
    """Say why the signatory is asked again; nothing where they are asked for the first time."""
    number = signature.document.printed_number
    said = []
    if anew.withdrawn:
        said.append(
            _(
                "Document no. %(withdrawn)s was withdrawn. Please sign document no. "
                "%(number)s, as we asked before."
            )
            % {"withdrawn": anew.withdrawn, "number": number}
        )
    if anew.signed is not None and anew.given_on is not None:
        values = {
            "organization": signature.organization_name,
            "before": anew.signed.document.printed_number,
            "day": wording.day(anew.given_on),
            "number": number,
        }
        said.append(
            _(
                "%(organization)s signed no. %(before)s on %(day)s. That signature stays in effect until "
                "no. %(number)s is signed, or its own term is over."
            )
            % values
        )
    return [*said, *different(anew)]


def different(anew: Anew) -> list[str]:
    """Say which places are different; the page shows every word."""
    if not anew.headings:
        return []
    named, more = "; ".join(anew.headings[:LISTED]), len(anew.headings) - LISTED
    said = _("What's different: %(places)s.") % {"places": named}
    if more > 0:
        said = ngettext(
            "What's different: %(places)s, and %(more)d more place.",
            "What's different: %(places)s, and %(more)d more places.",
            more,
        ) % {"places": named, "more": more}
    return [said, _("The page shows every change.")]
