"""The portal's own mails in words of a network or of the partnership: a subject and an opening paragraph.

The words stand in the rows of the network and of the partnership, which every mail has read already, so that
they cost no statement. What else a mail says stays: times with their zone, why one gets it, how to stop it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Partnership, Person
from registrations.messages.domain import texts
from registrations.messages.domain.placeholders import Placeholder, clean
from registrations.messages.domain.texts import Paragraph, Piece
from registrations.messages.exceptions import MessageRefused
from stemnet.one_line import one_line, visible
from stemnet.outbox.personal import without_marks
from stemnet.outbox.worded import Context, OwnMail, every_mail

Place = Network | Partnership
LONGEST_OPENING = 2_000


def worded_in(place: Place) -> dict[str, OwnMail]:
    """Return the mails that are worded there, by kind: a network words its own, the partnership all."""
    found = every_mail()
    if isinstance(place, Network):
        return {kind: mail for kind, mail in found.items() if mail.of_network}
    return found


def places_of(mail: OwnMail) -> list[Placeholder]:
    """Return what can be put into a mail."""
    return [Placeholder(place.name, place.label) for place in mail.places]


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


def wording_of(mail: OwnMail, context: Context) -> Wording | None:
    """Return what a mail begins with for the reader of ``context``; None for the portal's words.

    A test of a wording puts it into the context as ``own_words``.
    """
    words = context.get("own_words")
    if words is None:
        network = context.get("network") if mail.of_network else None
        words = words_kept(network, mail.kind) or words_kept(context.get("partnership"), mail.kind)
    return fill(mail, words, context) if words else None


def fill(mail: OwnMail, words: Mapping[str, str], context: Context) -> Wording:
    """Return the words with their places filled; what fills them is never read again."""
    known = places_of(mail)
    used = {one.name for one in texts.used_in(f"{words['subject']}\n{words['opening']}", known)}
    values = {place.name: clean(place.read(context)) for place in mail.places if place.name in used}
    return Wording(
        texts.subject_pieces(words["subject"], known, values),
        texts.paragraphs_of(words["opening"], known, {}, values),
    )


def check_words(mail: OwnMail, *, subject: str, opening: str) -> None:
    """Refuse words that can't go out. Raises TextRefused, which says the field and what is wrong by name."""
    texts.check_text(subject, opening, known=places_of(mail))


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
