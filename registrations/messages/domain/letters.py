"""The mails of one message: its fixed parts rendered once a language, its places filled for each reader."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.models import MailTopic, Person
from partners.people.domain.preferences import unsubscribe_url
from registrations.messages import emails
from registrations.messages.domain import placeholders, texts
from registrations.messages.domain.audiences import Reader, audience_named, chosen_by
from registrations.messages.domain.placeholders import Placeholder
from registrations.models import Message, MessageRecipient
from stemnet.models import Mail, MailClass
from stemnet.one_line import one_line
from stemnet.outbox.personal import PLACEHOLDER, PersonalLetter, personal_letter, place, with_places
from stemnet.outbox.queueing import headers_of, message_id
from stemnet.outbox.rendering import said_by_all

STOP = "unsubscribe"


def known_places(message: Message) -> list[Placeholder]:
    """Return the placeholders that a message can use."""
    audience = audience_named(message.audience)
    return placeholders.placeholders_for(
        of_partners=audience.of_partners, with_meeting="meeting" in audience.wants
    )


class Letters:
    """What is the same for all readers of one message, worked out once."""

    def __init__(self, message: Message, *, at: datetime) -> None:
        self.message, self.at = message, at
        self.chosen = chosen_by(message, at=at)
        self.known = known_places(message)
        self.used = texts.used_in(f"{message.subject}\n{message.text}", self.known)
        self.reply_to = emails.answers_go_to(message)
        self._letters: dict[tuple[str, bool], PersonalLetter] = {}
        self._to_all: dict[str, dict[str, str]] = {}

    def letter(self, language: str, *, can_stop: bool) -> PersonalLetter:
        """Return the letter in a language, with a place for the link to stop where the reader can."""
        known = self._letters.get((language, can_stop))
        return known or self._letters.setdefault((language, can_stop), self._rendered(language, can_stop))

    def values(self, readers: Sequence[Reader], language: str) -> list[dict[str, str]]:
        """Return what fills the places of each of ``readers``, in their order."""
        with override(language):
            if language not in self._to_all:
                self._to_all[language] = placeholders.said_to_all(self.chosen, self.used)
            to_each = placeholders.said_to_each(self.chosen, self.used, readers)
        return [{**self._to_all[language], **mine} for mine in to_each]

    def mails(self, recipients: Iterable[MessageRecipient]) -> list[Mail]:
        """Return the mail of each of ``recipients``, in a number of statements that doesn't grow."""
        by_language: dict[str, list[MessageRecipient]] = defaultdict(list)
        for one in recipients:
            by_language[one.person.language if one.person else "en"].append(one)
        mails: list[Mail] = []
        for language, rows in by_language.items():
            values = self.values([reader_of(row) for row in rows], language)
            mails += [self._mail(row, mine, language) for row, mine in zip(rows, values, strict=True)]
        return mails

    def _rendered(self, language: str, can_stop: bool) -> PersonalLetter:
        with override(language):
            links = placeholders.links(self.chosen, self.used)
            context = {
                "subject": with_places(
                    self.message.subject, [one.name for one in self.known if not one.link]
                ),
                "paragraphs": texts.paragraphs_of(self.message.text, self.known, links),
                "unsubscribe_url": place(STOP) if can_stop else "",
                "why": emails.why(self.message),
            }
            return personal_letter(emails.TEMPLATE, context, language=language, common=said_by_all(language))

    def _mail(self, recipient: MessageRecipient, values: dict[str, str], language: str) -> Mail:
        person = recipient.person
        stop = unsubscribe_url(person, MailTopic.MESSAGES) if person else ""
        words = self.letter(language, can_stop=bool(person)).fill({**values, STOP: stop})
        headers = {"Reply-To": self.reply_to} if self.reply_to else {}
        if not person and self.reply_to:
            headers["List-Unsubscribe"] = f"<mailto:{self.reply_to}?subject=unsubscribe>"
        return Mail(
            key=recipient.mail_key,
            template=emails.TEMPLATE,
            recipient=f"person:{person.uid}" if person else "",
            address=recipient.address,
            object=about(self.message),
            language=language,
            subject=words.subject,
            text=words.text,
            html=words.html,
            headers=headers_of(headers, stop),
            mail_class=MailClass.MESSAGE,
            message_id=message_id(recipient.mail_key),
            created_at=self.at,
            due_at=self.at,
        )


def title_of(message: Message, *, at: datetime) -> str:
    """Return the subject with what is the same for all readers filled in, for lists."""
    letters = Letters(message, at=at)
    known = placeholders.said_to_all(letters.chosen, letters.used)
    return one_line(PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), message.subject))[:250]


def about(message: Message) -> str:
    """Return what the outbox calls a message."""
    return f"message:{message.uid}"


def reader_of(recipient: MessageRecipient) -> Reader:
    """Return a recipient as those who fill places know it."""
    return Reader(recipient.name or recipient.address, recipient.address, recipient.person)


def test_mail(message: Message, reader: Reader, *, to: Person, at: datetime) -> Mail:
    """Return the mail that ``reader`` would get, addressed to ``to``, without a link that stops anything."""
    letters, language = Letters(message, at=at), to.language
    values = letters.values([reader], language)[0]
    words = letters.letter(language, can_stop=False).fill(values)
    key = f"message_test:{message.uid}:{at:%Y%m%d%H%M%S}"
    with override(language):
        subject = _("Test: %(subject)s") % {"subject": words.subject}
    return Mail(
        key=key,
        template=emails.TEMPLATE,
        recipient=f"person:{to.uid}",
        address=to.primary_address,
        object=about(message),
        language=language,
        subject=subject[:250],
        text=words.text,
        html=words.html,
        message_id=message_id(key),
        created_at=at,
        due_at=at,
    )
