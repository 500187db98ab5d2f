"""Letters to many that differ in a few places: rendered once, then each place filled for each reader.

A place is a name between two private letters that nobody types: they are taken out of what people type
(`without_marks`). What fills a place is never read again, so nothing in it can become a place, a link or a
header (docs/rules.md 13.11).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from stemnet.outbox.plain import read
from stemnet.outbox.rendering import Rendered, header_line, rendered_html

BEGIN, END = "\ue000", "\ue001"
PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")
_MARKS = re.compile(f"[{BEGIN}{END}]")
_PLACE = re.compile(f"{BEGIN}(\\w+){END}")


def without_marks(words: str) -> str:
    """Return ``words`` without the letters that mark places."""
    return _MARKS.sub("", words)


def place(name: str) -> str:
    """Return what stands in a rendered letter where ``name`` is to be filled in."""
    return f"{BEGIN}{name}{END}"


def with_places(text: str, names: Collection[str]) -> str:
    """Return a typed text with its placeholders of these ``names`` as places; other braces stay."""
    return PLACEHOLDER.sub(
        lambda found: place(found[1]) if found[1] in names else found[0], without_marks(text)
    )


def cut(words: str) -> list[str]:
    """Return ``words`` in pieces, of which every second is the name of a place."""
    return _PLACE.split(words)


def filled(pieces: list[str], values: Mapping[str, str]) -> str:
    """Return the pieces of `cut` put together, each place filled."""
    return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(pieces))


@dataclass(frozen=True)
class PersonalLetter:
    """A letter that is rendered but for its places."""

    subject: list[str]
    text: list[str]
    html: list[str]

    def fill(self, values: Mapping[str, str]) -> Rendered:
        """Return the letter of one reader; ``values`` are words, or addresses where a link leads."""
        safe = {name: escape(value) for name, value in values.items()}
        return Rendered(
            subject=header_line(filled(self.subject, values))[:250],
            text=filled(self.text, values),
            html=filled(self.html, safe),
        )


def personal_letter(
    template: str, context: Mapping[str, Any], *, language: str, common: Mapping[str, Any] | None = None
) -> PersonalLetter:
    """Render ``template`` once; ``context`` holds places where readers differ."""
    html = rendered_html(template, context, language=language, common=common)
    subject, text = read(html)
    return PersonalLetter(cut(header_line(subject)), cut(text), cut(html))
