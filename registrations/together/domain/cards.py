"""Showing oneself to the people of a network, and no more."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.models import Card, Registration
from registrations.models.together.card import OWNER, CardQuerySet
from registrations.together.exceptions import CardRefused


@dataclass(frozen=True, kw_only=True)
class CardWords:
    """What somebody says on their card."""

    ask_about: str = ""
    would_mentor: bool = False
    looks_for_mentor: bool = False


def cards_in(network: Network) -> CardQuerySet:
    """Return the cards that the people of ``network`` see, with all that they say."""
    found = Card.objects.of_seated(network).shown()
    rows = found.select_related("registration__person", "registration__position__organization")
    return rows.prefetch_related(f"{OWNER}interests__subject").order_by(
        f"{OWNER}plain_last_name", f"{OWNER}plain_first_name", "pk"
    )


def card_of(seat: Registration) -> Card | None:
    """Return the card of a registration, also one that staff have hidden, but none that was taken away."""
    return Card.objects.filter(registration=seat, away_at=None).first()


def hidden_card(person: Person, network: Network) -> Card | None:
    """Return a card of ``person`` in ``network`` that staff hid, also of a seat that they have left since."""
    own = Card.objects.filter(registration__person=person, registration__network=network)
    return own.filter(hidden_at__isnull=False).first()


def last_card(seat: Registration) -> Card | None:
    """Return the card that the same person showed last in another network, for a new one to begin with."""
    others = Card.objects.filter(registration__person=seat.person_id).exclude(registration=seat)
    return others.order_by("-shown_at", "-pk").first()


@transaction.atomic
def show(seat: Registration, words: CardWords, *, at: datetime) -> Card:
    """Show somebody to the people of their network, or change what their card says. Raises CardRefused."""
    seat = Registration.objects.select_for_update().get(pk=seat.pk)
    if not seat.is_seated:
        raise CardRefused(sentence=_("You need a seat in this network to show yourself to its people."))
    if hidden := hidden_card(seat.person, seat.network):
        raise CardRefused(sentence=_("The staff hid your card: %(why)s") % {"why": hidden.hidden_reason})
    card = Card.objects.filter(registration=seat).first() or Card(registration=seat)
    if card.pk is None or card.away_at:
        card.shown_at, card.away_at = at, None
    card.ask_about = words.ask_about
    card.would_mentor, card.looks_for_mentor = words.would_mentor, words.looks_for_mentor
    card.save()
    return card


@transaction.atomic
def take_away(seat: Registration, *, at: datetime) -> None:
    """Show somebody no more.

    A card that staff have hidden stays, so that it can't be made anew; one that is reported stays for staff
    alone until they have decided.
    """
    card = Card.objects.select_for_update().filter(registration=seat, hidden_at=None).first()
    if card is None:
        return
    if not card.reports.waiting().exists():
        card.delete()
    elif card.away_at is None:
        card.away_at = at
        card.save(update_fields=["away_at"])
