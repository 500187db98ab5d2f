"""The card by which somebody chose to be found by the people of a network."""

import uuid

from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from registrations.models.seats.registration import Registration
from registrations.models.together.hideable import Hideable
from stemnet.plain_names import has_words

OWNER = "registration__person__"
NAMES = (f"{OWNER}plain_first_name", f"{OWNER}plain_last_name")


class CardQuerySet(models.QuerySet["Card"]):
    """Questions about cards."""

    def of_seated(self, network: Network) -> "CardQuerySet":
        """Return those of people who have a seat in ``network``: whoever leaves is found no more."""
        seated = Registration.Status.SEATED
        return self.filter(registration__network=network, registration__status=seated)

    def shown(self) -> "CardQuerySet":
        """Return those that staff did not hide and that nobody took away."""
        return self.filter(hidden_at=None, away_at=None)

    def found_by(self, words: str) -> "CardQuerySet":
        """Return those with each of ``words`` in the name; never in an address, so none is guessed."""
        return self.filter(has_words(words, plain=NAMES))

    def for_grades(self, band: str) -> "CardQuerySet":
        """Return those of people who work with a grade band, by its code."""
        bands = Cast("registration__grade_bands", models.TextField())
        return self.alias(bands=bands).filter(bands__contains=f'"{band}"')


class Card(Hideable):
    """What one registered person shows to the others of the network; without a row nothing is shown.

    Name, job, organization and grades are those of the registration, interests those of the person.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="card")
    ask_about = models.CharField(_("ask me about"), max_length=300, blank=True)
    would_mentor = models.BooleanField(_("I'd mentor somebody"), default=False)
    looks_for_mentor = models.BooleanField(_("I'm looking for a mentor"), default=False)
    shown_at = models.DateTimeField(_("shown since"))
    away_at = models.DateTimeField(_("taken away, and kept for a report of it"), null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta(Hideable.Meta):
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.registration)
