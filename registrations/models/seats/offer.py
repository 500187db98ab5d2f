"""Offers: a freed seat that the next in line may take until a deadline."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.seats.registration import Registration


class OfferQuerySet(models.QuerySet["Offer"]):
    """Questions about offers."""

    def open(self) -> "OfferQuerySet":
        """Return those that nobody has answered and that have not been ended."""
        return self.filter(ended_at=None)

    def run_out(self, at: datetime) -> "OfferQuerySet":
        """Return open ones whose deadline has passed at the moment ``at``."""
        return self.open().filter(until__lte=at)


class Offer(models.Model):
    """One seat (or a party's seats) offered to one waiting registration; it takes them while it is open."""

    class Outcome(models.TextChoices):
        """How it ended."""

        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        TAKEN_BACK = "taken_back", _("Taken back")
        GIVEN = "given", _("Seat given by staff")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="offers")
    made_at = models.DateTimeField(_("offered"))
    until = models.DateTimeField(_("until"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=16, choices=Outcome, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a seat")
        verbose_name_plural = _("offers of seats")
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["until"], condition=models.Q(ended_at=None), name="offer_open_until")]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(ended_at=None),
                name="offer_one_open_a_registration",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="offer_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("made_at")), name="offer_lasts_a_while"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
