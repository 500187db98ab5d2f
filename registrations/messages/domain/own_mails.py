"""The portal's own mails in words of a network or of the partnership: a subject and an opening paragraph.

The words stand in the rows of the network and of the partnership, which every mail has read already, so that
they cost no statement. What else a mail says stays: times with their zone, why one gets it, how to stop it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.models import Partnership, Person
from registrations.messages.domain import texts
from registrations.messages.domain.placeholders import Placeholder, clean
from registrations.messages.domain.texts import Paragraph, Piece
from registrations.messages.exceptions import MessageRefused
from stemnet.one_line import one_line, visible
from stemnet.outbox.personal import without_marks
from stemnet.wording import moment

Place = Network | Partnership
LONGEST_OPENING = 2_000


class Context(Protocol):
    """What a mail is told, as its template has it."""

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return what is called ``key``."""


def _first_name(context: Context) -> str:
    person = context.get("person")
    return str(getattr(person, "first_name", "") or person or "")


def _first_line(name: str) -> Callable[[Context], str]:
    return lambda context: str(next(iter(context.get("lines") or [{}])).get(name, ""))


def _first_meeting(context: Context) -> str:
    meeting = next(iter(context.get("meetings") or []), None)
    return f"{meeting.title}, {moment(meeting.starts_at, meeting.zone)}" if meeting else _("not planned yet")


FILLED: dict[str, tuple[Promise, Callable[[Context], str]]] = {
    "first_name": (gettext_lazy("first name"), _first_name),
    "name": (gettext_lazy("name"), lambda context: str(context.get("person", ""))),
    "network": (gettext_lazy("network"), lambda context: str(context.get("network", ""))),
    "first_meeting": (gettext_lazy("first meeting"), _first_meeting),
    "place": (gettext_lazy("place in line"), lambda context: str(context.get("place", ""))),
    "meeting": (gettext_lazy("meeting"), _first_line("title")),
    "when": (gettext_lazy("when"), _first_line("when")),
    "documents": (gettext_lazy("documents"), lambda context: ", ".join(context.get("names") or [])),
}
ALWAYS = ("first_name", "name", "network")


@dataclass(frozen=True)
class OwnMail:
    """One kind of the portal's mail that can be worded: what it is called, and what can be put in."""

    kind: str
    label: Promise
    more: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """Return the name of its template."""
        return f"mail/registrations/{self.kind}"

    @property
    def places(self) -> list[Placeholder]:
        """Return what can be put into it."""
        return [Placeholder(name, FILLED[name][0]) for name in (*ALWAYS, *self.more)]


KINDS = {
    one.kind: one
    for one in (
        OwnMail("registered", gettext_lazy("Confirmation of a seat"), ("first_meeting",)),
        OwnMail("waiting", gettext_lazy("On the waitlist"), ("place",)),
        OwnMail("seat_given", gettext_lazy("A seat from the waitlist"), ("first_meeting",)),
        OwnMail("reminder", gettext_lazy("Reminder of a meeting"), ("meeting", "when")),
        OwnMail("meetings_changed", gettext_lazy("A meeting moved or was cancelled"), ("meeting",)),
        OwnMail("network_cancelled", gettext_lazy("The network was cancelled")),
        OwnMail("documents_ready", gettext_lazy("Documents are ready"), ("documents",)),
    )
}


@dataclass(frozen=True)
class Wording:
    """A subject and an opening, filled for one reader."""

    subject_pieces: list[Piece]
    paragraphs: list[Paragraph]

    @property
    def subject(self) -> str:
        """Return the subject in one line."""
        return "".join(piece.words for piece in self.subject_pieces)


def words_kept(place: Place | None, kind: str) -> Mapping[str, str] | None:
    """Return the words that a network or the partnership has for a kind of mail, or None."""
    kept = getattr(place, "mail_words", None)  # groups of the partnership, too, stand where a network does
    found = kept.get(kind) if isinstance(kept, dict) else None
    return found if found and found.get("subject") and found.get("opening") else None


def wording_of(kind: str, context: Context) -> Wording | None:
    """Return what a mail of ``kind`` begins with for the reader of ``context``; None for the portal's words.

    A test of a wording puts it into the context as ``own_words``.
    """
    words = context.get("own_words")
    if words is None:
        words = words_kept(context.get("network"), kind) or words_kept(context.get("partnership"), kind)
    return fill(KINDS[kind], words, context) if words else None


def fill(mail: OwnMail, words: Mapping[str, str], context: Context) -> Wording:
    """Return the words with their places filled; what fills them is never read again."""
    known = mail.places
    used = texts.used_in(f"{words['subject']}\n{words['opening']}", known)
    values = {one.name: clean(FILLED[one.name][1](context)) for one in used}
    return Wording(
        texts.subject_pieces(words["subject"], known, values),
        texts.paragraphs_of(words["opening"], known, {}, values),
    )


def check_words(mail: OwnMail, *, subject: str, opening: str) -> None:
    """Refuse words that can't go out. Raises TextRefused, which says the field and what is wrong by name."""
    texts.check_text(subject, opening, known=mail.places)


def cleaned(subject: str, opening: str) -> dict[str, str]:
    """Return what was typed as it is kept."""
    return {"subject": one_line(without_marks(subject)), "opening": visible(without_marks(opening)).strip()}


@transaction.atomic
def keep_words(place: Place, mail: OwnMail, *, subject: str, opening: str, by: Person, at: datetime) -> None:
    """Let mail of this kind begin with these words from now on. Raises TextRefused."""
    words = cleaned(subject, opening)
    check_words(mail, subject=words["subject"], opening=words["opening"])
    if len(words["opening"]) > LONGEST_OPENING:
        said = _("The opening has %(length)s characters. It can have at most %(most)s.")
        raise MessageRefused(sentence=said % {"length": len(words["opening"]), "most": LONGEST_OPENING})
    _write(place, mail.kind, {**words, "by": str(by), "at": at.isoformat()})


@transaction.atomic
def drop_words(place: Place, mail: OwnMail) -> None:
    """Let mail of this kind begin with the portal's words again; once more changes nothing."""
    _write(place, mail.kind, None)


def _write(place: Place, kind: str, words: Mapping[str, str] | None) -> None:
    """Write the words of one kind and leave those of the others as they are now."""
    locked = type(place)._default_manager.select_for_update(of=("self",)).get(pk=place.pk)
    kept = {name: each for name, each in locked.mail_words.items() if name != kind}
    locked.mail_words = {**kept, kind: dict(words)} if words else kept
    locked.save(update_fields=["mail_words"])
    place.mail_words = locked.mail_words
