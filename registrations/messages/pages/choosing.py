"""What the pages of choosing and writing show: how many, who, who is left out and why, and a preview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from registrations.messages import emails
from registrations.messages.domain import placeholders, texts
from registrations.messages.domain.audiences import Reader, audience_named, readers_of
from registrations.messages.domain.letters import Letters
from registrations.messages.domain.placeholders import Placeholder
from registrations.messages.domain.texts import Paragraph, Piece
from registrations.models import LeftOut, Message
from stemnet.outbox.rendering import Rendered

SHOWN = 4


@dataclass(frozen=True)
class Lot:
    """Everyone who is chosen: who gets a mail, and who is left out by reason."""

    readers: list[Reader]

    @property
    def mailed(self) -> list[Reader]:
        """Return those who get a mail."""
        return [one for one in self.readers if not one.left_out]

    @property
    def first(self) -> list[Reader]:
        """Return the first few who get one."""
        return self.mailed[:SHOWN]

    @property
    def more(self) -> list[Reader]:
        """Return all others who get one."""
        return self.mailed[SHOWN:]

    @property
    def left_out(self) -> list[tuple[str, list[Reader]]]:
        """Return each reason with those whom it leaves out."""
        found = [(reason, [one for one in self.readers if one.left_out == reason]) for reason in LeftOut]
        return [(str(reason.label), people) for reason, people in found if people]

    @property
    def number_left_out(self) -> int:
        """Return how many get no mail."""
        return sum(bool(one.left_out) for one in self.readers)

    @property
    def is_mostly_left_out(self) -> bool:
        """Return whether more than half of the chosen get no mail."""
        return self.number_left_out * 2 > len(self.readers)


@dataclass(frozen=True)
class Preview:
    """The message as one reader gets it."""

    reader: Reader
    number: int
    total: int
    subject: list[Piece]
    paragraphs: list[Paragraph]
    plain: Rendered
    reply_to: str
    why: str

    @property
    def before(self) -> int:
        """Return the number of the reader before, or the last one's."""
        return self.number - 1 or self.total

    @property
    def after(self) -> int:
        """Return the number of the next reader, or the first one's."""
        return self.number % self.total + 1


def lot_of(message: Message, *, at: datetime) -> Lot:
    """Return who is chosen now."""
    return Lot(readers_of(message, at=at))


def preview_of(message: Message, readers: Sequence[Reader], number: int, *, at: datetime) -> Preview | None:
    """Return the message as the reader of that number gets it; None where there is nobody."""
    if not readers:
        return None
    number = min(max(number, 1), len(readers))
    reader, letters = readers[number - 1], Letters(message, at=at)
    language = reader.person.language if reader.person else "en"
    values = letters.values([reader], language)[0]
    with override(language):
        links = placeholders.links(letters.chosen, letters.used)
        why = emails.why(message)
    return Preview(
        reader=reader,
        number=number,
        total=len(readers),
        subject=texts.subject_pieces(message.subject, [one for one in letters.used if not one.link], values),
        paragraphs=texts.paragraphs_of(message.text, letters.used, links, values),
        plain=letters.letter(language, can_stop=False).fill(values),
        reply_to=letters.reply_to,
        why=why,
    )


def places_of(message: Message) -> list[Placeholder]:
    """Return what can be put into the message."""
    audience = audience_named(message.audience)
    return placeholders.placeholders_for(
        of_partners=audience.of_partners, with_meeting="meeting" in audience.wants
    )
