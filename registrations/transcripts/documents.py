"""A transcript into a typeset, tagged PDF: bytes out, no rules (docs/decisions/0003-typst.md)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from registrations.credit.documents import kept_picture
from stemnet.documents import typeset
from stemnet.qr import qr_svg

TEMPLATE = Path(__file__).resolve().parent / "typst" / "transcript.typ"


def render_transcript(snapshot: Mapping[str, Any]) -> bytes:
    """Return the PDF of ``snapshot``, without a seal; equal ones give equal bytes.

    Raises Unprintable where no font of ours has a character of it, FileNotFoundError where its logo is gone.
    """
    with translation.override(snapshot["language"]):
        data = {**snapshot, **_around(snapshot)}
    issued = datetime.combine(date.fromisoformat(snapshot["issued_on"]), time(12), UTC)
    logo = data["logo"]
    return typeset(TEMPLATE, data, at=issued, pictures={logo: kept_picture(logo)} if logo else None)


def _around(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the template shows besides, in the language that is active."""
    heading = _("Transcript of professional learning")
    language, _sep, region = translation.to_locale(snapshot["language"]).partition("_")
    return {
        "lang": language,
        "region": region or ("US" if language == "en" else None),
        "title": f"{heading}, {snapshot['name']}",
        "logo": snapshot.get("logo", ""),  # those of before have none
        "qr": qr_svg(snapshot["verify_url"]),
        "verify_short": snapshot["verify_url"].partition("://")[2],
        "educator_numbers": ", ".join(snapshot["educator_numbers"]),
        "words": {
            "heading": heading,
            "issued": _("Issued %(date)s") % {"date": snapshot["issued"]},
            "period": _("for %(period)s") % {"period": snapshot["period"]},
            "dates": _("Dates"),
            "network": _("Network, topic and category"),
            "document": _("Document"),
            "hours": _("Hours"),
            "units": snapshot["unit_head"],
            "planned": _("Planned"),
            "by_category": _("By category"),
            "category": _("Topic and category"),
            "total": _("Total"),
            "window_category": _("Category"),
            "least": _("Needed"),
            "number": _("No."),
            "page": _("Page {page} of {pages}"),
            "qr_alt": _("QR code: check this transcript at %(address)s")
            % {"address": snapshot["verify_url"]},
        },
    }
