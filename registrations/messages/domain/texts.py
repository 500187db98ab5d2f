"""The text of a message: what it may hold, and its paragraphs with links and places.

Only the names of `placeholders` are placeholders; whatever else people type is words (docs/rules.md 13.11).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from partners.people.domain.personal_links import personal_link
from registrations.messages.domain.placeholders import Link, Placeholder
from registrations.messages.exceptions import TextRefused
from registrations.models.messages.message import LONGEST_TEXT
from stemnet.outbox.personal import PLACEHOLDER, cut, place, with_places, without_marks


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: words, what was filled in, or a link."""

    words: str = ""
    link: Link | None = None
    is_filled: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in pieces, or a link that stands alone, which is a button."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def button(self) -> Link | None:
        """Return the link where there is nothing else in the paragraph."""
        said = [piece for piece in self.pieces if piece.link or piece.words.strip()]
        return said[0].link if len(said) == 1 else None


def used_in(text: str, known: Collection[Placeholder]) -> list[Placeholder]:
    """Return those of the ``known`` placeholders that a text uses."""
    names = set(PLACEHOLDER.findall(text))
    return [one for one in known if one.name in names]


def check_text(subject: str, text: str, *, known: Collection[Placeholder], wants: str = "text") -> None:
    """Refuse what can't go out. Raises TextRefused, which says the field and what is wrong by name."""
    if not subject.strip():
        raise TextRefused(field="subject", words=_("Type a subject."))
    if not text.strip():
        raise TextRefused(field=wants, words=_("Type the message."))
    if len(text) > LONGEST_TEXT:
        words = _("This message has %(length)s characters. It can have at most %(most)s.")
        raise TextRefused(field=wants, words=words % {"length": len(text), "most": LONGEST_TEXT})
    check_line(subject, known=known)
    check_places(text, field=wants, known=known)
    if personal := personal_link(text):
        raise TextRefused(field=wants, words=personal.warning)


def check_line(subject: str, *, known: Collection[Placeholder]) -> None:
    """Refuse a subject that holds a link, or a placeholder that there isn't. Raises TextRefused."""
    check_places(subject, field="subject", known=known)
    if any(one.link for one in used_in(subject, known)):
        raise TextRefused(field="subject", words=_("A link can't go in the subject."))
    if personal := personal_link(subject):
        raise TextRefused(field="subject", words=_("%(what)s Remove it.") % {"what": personal.sentence})


def check_places(text: str, *, field: str, known: Collection[Placeholder]) -> None:
    """Refuse a placeholder that there isn't, by its name. Raises TextRefused."""
    names = [one.name for one in known]
    unknown = [name for name in PLACEHOLDER.findall(text) if name not in names]
    if unknown:
        listed = ", ".join(f"{{{name}}}" for name in names)
        words = _("“{%(name)s}” isn't a placeholder. You can use: %(names)s.")
        raise TextRefused(field=field, words=words % {"name": unknown[0], "names": listed})


def paragraphs_of(
    text: str,
    known: Collection[Placeholder],
    links: Mapping[str, Link],
    values: Mapping[str, str] | None = None,
) -> list[Paragraph]:
    """Return the paragraphs of a text; without ``values`` what is to be filled stays a place."""
    whole = without_marks(text.replace("\r\n", "\n")).strip("\n")
    blocks = [block for block in whole.split("\n\n") if block.strip()]
    names = [one.name for one in known]
    return [
        Paragraph(
            [
                _piece(part, number, links, values)
                for number, part in enumerate(cut(with_places(block, names)))
            ]
        )
        for block in blocks
    ]


def _piece(part: str, number: int, links: Mapping[str, Link], values: Mapping[str, str] | None) -> Piece:
    if number % 2 == 0:
        return Piece(part)
    if part in links:
        return Piece(link=links[part], is_filled=True)
    return Piece(place(part) if values is None else values[part], is_filled=True)


def subject_pieces(subject: str, known: Collection[Placeholder], values: Mapping[str, str]) -> list[Piece]:
    """Return a subject in pieces, with what is filled in."""
    parts = cut(with_places(subject, [one.name for one in known]))
    return [
        Piece(values[part], is_filled=True) if number % 2 else Piece(part)
        for number, part in enumerate(parts)
    ]
