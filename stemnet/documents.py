"""Plain facts into a typeset, tagged PDF: bytes out, no rules (dependencies.md on Typst).

What a person typed reaches the typesetter as JSON and is shown as text only, so nothing is ever read as
markup. Equal facts give equal bytes.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import typst

from stemnet.exceptions import Unprintable

if TYPE_CHECKING:
    from typst import PDFStandard

FONTS = Path(__file__).resolve().parent / "typst" / "fonts"
STANDARDS: "list[PDFStandard]" = ["ua-1", "a-2a"]
FIRST_FALLBACKS = ["Inter", "Noto Sans"]
UNPRINTABLE = re.compile(r'the text `"(?P<text>.*?)"` ', re.DOTALL)

_lock = Lock()


def typeset(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the PDF that ``template`` makes of ``data``, dated ``at``.

    Raises Unprintable when no font of ours has a character of it.
    """
    facts = json.dumps({**data, "fonts": fallbacks()})
    with _lock:
        compiler = typst.Compiler(
            template, root=template.parent, font_paths=fonts(), ignore_system_fonts=True
        )
        try:
            pdf = compiler.compile(
                format="pdf", sys_inputs={"data": facts}, pdf_standards=STANDARDS, timestamp=at
            )
        except typst.TypstError as error:
            found = UNPRINTABLE.search(error.message)
            if found is None:
                raise
            raise Unprintable(found["text"]) from error
    if not isinstance(pdf, bytes):
        raise TypeError("The typesetter returned no single file.")
    return pdf


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of the project, read once a process and never before a fork."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def fallbacks() -> list[str]:
    """Return every family that may stand in for a missing glyph, the likeliest first."""
    families = sorted(set(fonts().families()))
    others = [family for family in families if family not in [*FIRST_FALLBACKS, "Bricolage Grotesque"]]
    return [*FIRST_FALLBACKS, *others]
