"""Writing to somebody of one's network without knowing their address, and answering."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from partners.models import Person
from registrations.models import Block, Card, Letter, Registration
from registrations.together import emails
from registrations.together.domain.cards import card_of, hidden_card
from registrations.together.exceptions import LetterRefused
from stemnet.sent_once import uid_of

A_DAY = timedelta(days=1)
MOST_NEW, MOST_ANSWERS = 5, 20  # letters that one person sends in 24 hours


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody typed, and the uid of the form in which they did (`stemnet.sent_once`)."""

    uid: UUID
    text: str
    shows_address: bool = False


@transaction.atomic
def write(card: Card, words: Words, *, seat: Registration, at: datetime) -> Letter:
    """Send a letter to whoever shows ``card``. Raises LetterRefused."""
    sender, receiver = _hold(seat.person), card.registration.person
    letter = Letter(network=seat.network, sender=sender, receiver=receiver, text=words.text)
    if sent := _sent(letter, words):
        return sent
    if sender == receiver:
        raise LetterRefused(sentence=_("That's you. Choose somebody else."))
    if card_of(seat) is None or hidden_card(sender, seat.network):
        raise LetterRefused(sentence=_("Show your own card first, so that people know who writes to them."))
    _check_day(sender, most=MOST_NEW, answers=False, at=at)
    return _send(letter, words, at=at)


@transaction.atomic
def answer(letter: Letter, words: Words, *, by: Person, at: datetime) -> Letter:
    """Answer a letter that one got. Raises LetterRefused."""
    sender = _hold(by)
    new = Letter(
        network=letter.network, sender=sender, receiver=letter.sender, answers=letter, text=words.text
    )
    if sent := _sent(new, words):
        return sent
    if letter.receiver_id != by.pk:
        raise LetterRefused(sentence=_("You can answer only what somebody wrote to you."))
    if hidden := hidden_card(sender, letter.network):
        why = {"why": hidden.hidden_reason}
        raise LetterRefused(sentence=_("The staff hid your card, so you can't write here: %(why)s") % why)
    _check_day(sender, most=MOST_ANSWERS, answers=True, at=at)
    return _send(new, words, at=at)


@transaction.atomic
def block(letter: Letter, *, by: Person, at: datetime) -> None:
    """Take no more letters from whoever wrote ``letter``; doing it twice changes nothing."""
    if letter.receiver_id != by.pk:
        raise LetterRefused(sentence=_("You can block only somebody who wrote to you."))
    Block.objects.get_or_create(blocker=by, blocked=letter.sender, defaults={"at": at})


def unblock(writer: Person, *, by: Person) -> None:
    """Take letters again from ``writer``."""
    Block.objects.filter(blocker=by, blocked=writer).delete()


def is_blocked(sender: Person, *, by: Person) -> bool:
    """Return whether ``by`` takes no letters from ``sender``."""
    return Block.objects.filter(blocker=by, blocked=sender).exists()


def _hold(person: Person) -> Person:
    """Hold the row of whoever writes, so that two tabs are counted one after the other.

    Without its key: a letter to them names it, and two who write to each other must not wait for each other.
    """
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def _sent(letter: Letter, words: Words) -> Letter | None:
    """Give a letter its uid, and return the same one where its form was sent before."""
    letter.uid = uid_of(words.uid, letter.sender_id, letter.receiver_id, words.text, words.shows_address)
    return Letter.objects.filter(uid=letter.uid).first()


def _check_day(sender: Person, *, most: int, answers: bool, at: datetime) -> None:
    sent = Letter.objects.filter(sender=sender, sent_at__gt=at - A_DAY, answers__isnull=not answers)
    if sent.count() >= most:
        words = _("You've sent %(most)s letters in the last 24 hours. Write again tomorrow.")
        raise LetterRefused(sentence=words % {"most": most})


def _send(letter: Letter, words: Words, *, at: datetime) -> Letter:
    """Write the letter down and mail it, unless one of the two wants no letters from the other."""
    pair = (letter.sender_id, letter.receiver_id)
    if Block.objects.filter(Q(blocker__in=pair), Q(blocked__in=pair)).exists():
        raise LetterRefused(sentence=_("You and this person can't write to each other here."))
    if letter.receiver.removed_at or not letter.receiver.primary_address:
        raise LetterRefused(sentence=_("This person can't be reached by e-mail anymore."))
    letter.shows_address, letter.sent_at = words.shows_address, at
    letter.save()
    emails.wrote(letter, at=at)
    return letter
