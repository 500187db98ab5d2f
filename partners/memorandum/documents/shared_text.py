"""A version of the shared text as a tagged PDF to print, with nothing to sign."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from partners.memorandum.documents.blocks import blocks_of
from partners.memorandum.documents.memorandum import FOLDER, frame
from partners.models import MouText
from stemnet import wording
from stemnet.documents import typeset


def as_pdf(text: MouText, *, issuer: str, at: datetime, zone: str) -> bytes:
    """Return ``text``, printed ``at``. Raises Unprintable for characters that no font of ours has."""
    number = _("Shared text, version %(number)s") % {"number": text.number}
    status = str(text.get_status_display())
    if text.circulated_at:
        status = f"{status}, {wording.moment(text.circulated_at, zone)}"
    data = {
        **frame({"language": translation.get_language() or "en", "partnership": issuer}),
        "title": text.mou.title,
        "eyebrow": issuer,
        "number": number,
        "hash": _("Printed %(at)s") % {"at": wording.moment(at, zone)},
        "facts": [{"label": number, "text": status}],
        "sections": [
            {"heading": section.heading, "blocks": blocks_of(section.body), "parts": []}
            for section in text.sections.all()
        ],
        "signatures": [],
    }
    return typeset(FOLDER / "memorandum.typ", data, at=at.replace(microsecond=0))
