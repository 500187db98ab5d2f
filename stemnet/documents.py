"""Plain facts into a typeset, tagged PDF: bytes out, no rules (docs/decisions/0003-typst.md).

What a person typed reaches the typesetter as JSON and is shown as text only, so nothing is ever read as
markup. Equal facts give equal bytes.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any

import typst

from stemnet.exceptions import Unprintable

if TYPE_CHECKING:
    from typst import PDFStandard

FONTS = Path(__file__).resolve().parent / "typst" / "fonts"
BREAKABLE = FONTS.with_name("breakable.typ")  # every template finds it beside it
STANDARDS: "list[PDFStandard]" = ["ua-1", "a-2a"]
CARRYING: "list[PDFStandard]" = ["ua-1", "a-3a"]
REMEMBERED = 10  # documents whose parts the typesetter keeps
FIRST_FALLBACKS = ["Inter", "Noto Sans"]
UNPRINTABLE = re.compile(r'the (?:text|PDF contains the codepoint) `"(?P<text>.*?)"`', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")

_lock = Lock()


def typeset(
    template: Path,
    data: Mapping[str, Any],
    *,
    at: datetime,
    files: Mapping[str, bytes] | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the PDF that ``template`` makes of ``data``, dated ``at``.

    The template finds ``data`` beside it as ``data.json``, and ``files``, pictures and attachments, by their
    names; with any it is PDF/A-3, which may carry files, instead of PDF/A-2. ``pictures`` stand in the
    data as numbers, for this binding takes no file in memory that is not text (typst-py 0.15).
    Raises Unprintable when no font of ours has a character of it.
    """
    if not files:
        return _compile(template, data, at=at, standards=STANDARDS, pictures=pictures)
    with TemporaryDirectory() as place:
        folder = Path(place)
        for source in template.parent.glob("*.typ"):
            copy(source, folder)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return _compile(folder / template.name, data, at=at, standards=CARRYING)


def _compile(
    template: Path,
    data: Mapping[str, Any],
    *,
    at: datetime,
    standards: "list[PDFStandard]",
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the PDF of one template. Raises Unprintable."""
    return _made(template, data, pictures or {}, format="pdf", pdf_standards=standards, timestamp=at)


def picture(template: Path, data: Mapping[str, Any]) -> bytes:
    """Return the one page that ``template`` makes of ``data`` as PNG, a pixel a point. Raises Unprintable."""
    return _made(template, data, {}, format="png", ppi=72)


def _made(template: Path, data: Mapping[str, Any], pictures: Mapping[str, bytes], **wanted: Any) -> bytes:
    """Return the file that the typesetter makes.

    Data comes as a file: an input of the system would void all that the typesetter remembers of the documents
    before, such as the rows of a table that they have alike.
    """
    shown = {name: list(content) for name, content in pictures.items()}
    texts = {
        "main.typ": f'#include "{template.name}"'.encode(),
        BREAKABLE.name: BREAKABLE.read_bytes(),
        "data.json": json.dumps({**data, "fonts": fallbacks(), "pictures": shown}).encode(),
    }
    with _lock:
        try:
            made = _compiler().compile(texts, root=template.parent, **wanted)
        except typst.TypstError as error:
            found = UNPRINTABLE.search(error.message)
            if found is None:
                raise
            signs = ESCAPED.sub(lambda code: f"U+{code[1].upper()}", found["text"])
            raise Unprintable(signs) from error
    if not isinstance(made, bytes):
        raise TypeError("The typesetter returned no single file.")
    return made


def forget() -> None:
    """Let the typesetter forget the documents before, as after a large one of several.

    It remembers what each of the last ten took, 35 MB of a hundred certificates; small ones push them out.
    """
    with _lock:
        for _number in range(REMEMBERED + 1):
            _compiler().compile(b"#set page(width: 9pt, height: 9pt)", format="pdf")


@cache
def _compiler() -> typst.Compiler:
    """Return the one compiler of this process: each new one would keep some memory for good."""
    return typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)


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
