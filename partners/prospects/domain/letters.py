"""Letters with placeholders: which there are, what a text may not hold, and how they are filled.

Only the names below are placeholders, and what fills them is never read again, so that nothing that
somebody typed can become one (docs/rules.md 13.11).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from partners.models import Invitation, Organization, Person
from partners.people.domain.personal_links import personal_link
from partners.people.states import zone_of
from partners.prospects.exceptions import InvitationRefused
from stemnet.one_line import one_line
from stemnet.outbox.personal import PLACEHOLDER

NAMES = ("organization", "name", "sender", "session", "link")
LINK = "{link}"

MARK = "\ue000"  # a private letter that stands for the link in a kept text


class SessionWords(Protocol):
    """Says when the next information session is, by a zone, or by its own where that is empty."""

    def __call__(self, zone: str, *, at: datetime) -> str:
        """Return a sentence; nothing where no session is planned."""


_sessions: list[SessionWords] = []


@dataclass(frozen=True)
class Piece:
    """A stretch of a filled text: words, or the place of the personal link."""

    words: str
    is_link: bool = False


def check_letter(subject: str, body: str) -> None:
    """Raise InvitationRefused for an unknown placeholder, no link, or somebody's personal link."""
    unknown = [name for name in PLACEHOLDER.findall(subject + body) if name not in NAMES]
    if unknown:
        raise InvitationRefused(
            sentence=_("“{%(name)s}” isn't a placeholder. You can use: %(names)s.")
            % {"name": unknown[0], "names": ", ".join(f"{{{name}}}" for name in NAMES)}
        )
    if LINK in subject:
        raise InvitationRefused(sentence=_("The link can't go in the subject."))
    if LINK not in body:
        raise InvitationRefused(sentence=_("Put {link} in the text. It becomes each reader's own link."))
    if personal := personal_link(f"{subject} {body}"):
        raise InvitationRefused(
            sentence=_("This looks like a personal link: %(link)s. Replace it with {link}.")
            % {"link": personal.address}
        )


def values(*, organization: Organization, name: str, sender: Person, at: datetime) -> dict[str, str]:
    """Return what fills the placeholders of one letter, without its link."""
    return {
        "organization": one_line(str(organization)),
        "name": one_line(name) or _("colleague"),
        "sender": one_line(str(sender)),
        "session": session_words(organization, at=at),
    }


def session_words(organization: Organization, *, at: datetime) -> str:
    """Return a sentence about the next information session, in the time zone where ``organization`` is."""
    zone = zone_of(organization.state)
    said = next(filter(None, (words(zone, at=at) for words in _sessions)), "")
    return said or _("Its date isn't set yet. Tell us if you're interested, and we'll write to you with it.")


def say_sessions(words: SessionWords) -> None:
    """Let an upper app say in ``ready()`` when the next information session is."""
    if words not in _sessions:
        _sessions.append(words)


def fill_placeholders(text: str, known: Mapping[str, str]) -> str:
    """Return ``text`` with the placeholders of ``known`` filled, in one pass; the others stay."""
    return PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)


def letter_pieces(invitation: Invitation) -> Iterator[Piece]:
    """Yield the stretches of an invitation's text; its link is never kept in it.

    A "{link}" that came in with a name is words: the text was cut before anything was filled.
    """
    for number, words in enumerate(invitation.body.split(MARK)):
        if number:
            yield Piece("", is_link=True)
        yield Piece(words)


def body_of(text: str, known: Mapping[str, str]) -> str:
    """Return the text as an invitation keeps it: filled, with a mark where the personal link stands."""
    safe = {name: value.replace(MARK, "") for name, value in known.items()}
    return fill_placeholders(text.replace(MARK, ""), {**safe, "link": MARK})
