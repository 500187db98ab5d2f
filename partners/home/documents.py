"""A partner's year in review as a typeset, tagged PDF: bytes out, no rules."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from stemnet.documents import typeset

TEMPLATE = Path(__file__).resolve().parent / "typst" / "year_review.typ"


@dataclass(frozen=True)
class Section:
    """Some figures of the year as sentences under a heading."""

    heading: str
    lines: list[str]


@dataclass(frozen=True)
class Paper:
    """What the paper says, in words: ``promises`` are rows of four cells, ``remarks`` who and what."""

    name: str
    year: str
    partnership: str
    promises: list[list[str]]
    sections: list[Section]
    remarks: list[tuple[str, str]]


def render(paper: Paper, *, at: datetime) -> bytes:
    """Return the PDF. Raises Unprintable for characters that no font of ours has."""
    language, _sep, region = translation.to_locale(translation.get_language() or "en").partition("_")
    data = {
        "lang": language,
        "region": region or ("US" if language == "en" else None),
        "title": _("%(name)s: year in review %(year)s") % {"name": paper.name, "year": paper.year},
        "issuer": paper.partnership,
        "eyebrow": _("Year in review, school year %(year)s") % {"year": paper.year},
        "heading": paper.name,
        "columns": [_("What was promised"), _("Kind"), _("Confirmed for"), _("Delivered to")],
        "promised": _("Promised and delivered"),
        "rows": paper.promises,
        "none": _("No contributions were listed for this year."),
        "sections": [{"heading": one.heading, "lines": one.lines} for one in paper.sections],
        "remarks_heading": _("Remarks"),
        "remarks": [{"who": who, "text": text} for who, text in paper.remarks],
        "page": _("Page {page} of {pages}"),
    }
    return typeset(TEMPLATE, data, at=at.replace(microsecond=0))
