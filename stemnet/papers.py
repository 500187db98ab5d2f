"""Lists and facts of a page as a typeset, tagged PDF for printing: words in, bytes out, no rules.

Sign-in sheets, lists of people, hours and the check of a document have one look and one template.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from stemnet.documents import typeset

TEMPLATE = Path(__file__).resolve().parent / "typst" / "paper.typ"


@dataclass(frozen=True)
class Column:
    """One column: ``share`` is its part of the width."""

    name: str
    share: float = 1
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """Rows under heads that each page repeats.

    ``height`` is the least height of a row in points, for what is written by hand, where the first column is
    short, such as a number; ``last`` are rows of sums. ``codes`` are QR codes, each as SVG and in words, one
    a row from the first on, in a column of their own.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    heading: str = ""
    last: Sequence[Sequence[str]] = ()
    height: float = 0
    empty: str = ""
    codes: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Paper:
    """What one PDF says: ``facts`` are labels with their words, ``notes`` come last."""

    heading: str
    issuer: str
    eyebrow: str = ""
    lines: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    tables: Sequence[Table] = field(default_factory=tuple)
    notes: Sequence[str] = ()


def render(paper: Paper, *, at: datetime) -> bytes:
    """Return the PDF of ``paper``. Raises Unprintable for characters that no font of ours has."""
    language, _sep, region = translation.to_locale(translation.get_language() or "en").partition("_")
    data = {
        **asdict(paper),
        "lang": language,
        "region": region or ("US" if language == "en" else None),
        "title": ", ".join(filter(None, [paper.heading, paper.eyebrow])),
        "page": _("Page {page} of {pages}"),
    }
    return typeset(TEMPLATE, data, at=at.replace(microsecond=0))
