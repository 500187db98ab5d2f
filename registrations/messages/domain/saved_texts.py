"""Texts that a message can begin with: those that somebody saved, and a few that the portal brings."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.messages.domain.letters import known_places
from registrations.messages.domain.texts import check_text
from registrations.messages.exceptions import MessageRefused
from registrations.models import Message, SavedText
from stemnet.one_line import one_line
from stemnet.outbox.personal import PLACEHOLDER


@dataclass(frozen=True)
class Beginning:
    """A subject and a text to begin with."""

    name: str
    subject: str
    text: str
    key: str


def may_keep(message: Message, person: Person) -> bool:
    """Return whether somebody may save texts beside ``message``; who leads a group only reads them."""
    if message.network is None:
        return person.is_coordinator
    return Network.objects.staffed_by(person).filter(pk=message.network.pk).exists()


def beginnings_of(message: Message, person: Person) -> list[Beginning]:
    """Return what a message can begin with: saved texts, then the portal's; only what it can fill.

    Texts to partners are for coordinators, and not for who leads a team.
    """
    texts = texts_of(message.network) if message.network or person.is_coordinator else []
    saved = [Beginning(one.name, one.subject, one.text, str(one.uid)) for one in texts]
    known = {place.name for place in known_places(message)}
    return [one for one in [*saved, *our_own()] if set(PLACEHOLDER.findall(one.subject + one.text)) <= known]


def our_own() -> list[Beginning]:
    """Return the texts that the portal brings, in the active language."""
    return [
        Beginning(
            _("We missed you"),
            _("Materials from {meeting}"),
            _(
                "Dear {first_name},\n\nWe missed you at {meeting}. What was shown there is on its page.\n\n"
                "{meeting_page}\n\nYou have {hours} hours so far. Our next meeting is {next_meeting}.\n\n"
                "Network staff"
            ),
            "missed",
        ),
        Beginning(
            _("Before the next meeting"),
            _("Our next meeting"),
            _("Dear {first_name},\n\nOur next meeting is {next_meeting}.\n\n{my_page}\n\nNetwork staff"),
            "next",
        ),
        Beginning(
            _("Hours so far"),
            _("Your hours in {network}"),
            _(
                "Dear {first_name},\n\nYou have {hours} hours in {network} so far.\n\n{my_page}\n\n"
                "Network staff"
            ),
            "hours",
        ),
    ]


def texts_of(network: Network | None) -> list[SavedText]:
    """Return the saved texts of a network, or of the partnership where there is none."""
    return list(SavedText.objects.filter(network=network))


def keep_text(message: Message, *, name: str, by: Person, at: datetime) -> SavedText:
    """Save the text of a draft under a name; one of the same name is replaced. Raises MessageRefused."""
    if not may_keep(message, by):
        raise MessageRefused(sentence=_("Only the staff of the network can save texts."))
    name = one_line(name)[:80]
    if not name:
        raise MessageRefused(sentence=_("Type a name for the text."))
    check_text(message.subject, message.text, known=known_places(message))
    words = {"subject": message.subject, "text": message.text}
    try:
        with transaction.atomic():
            saved, _new = SavedText.objects.update_or_create(
                network=message.network,
                name=name,
                defaults={**words, "saved_by_name": str(by)[:200], "saved_at": at},
            )
    except IntegrityError as refused:
        raise MessageRefused(sentence=_("Somebody saved a text with this name just now.")) from refused
    return saved
