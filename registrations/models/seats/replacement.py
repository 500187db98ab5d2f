"""Replacements: somebody with a seat asked a colleague to take it."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registrations.models.seats.registration import Registration
from stemnet.columns import AddressColumn, LineColumn


class ReplacementQuerySet(models.QuerySet["Replacement"]):
    """Questions about replacements."""

    def open(self) -> "ReplacementQuerySet":
        """Return those that nobody has answered and that nobody ended."""
        return self.filter(ended_at=None)


class Replacement(models.Model):
    """One address that was asked to take a seat for good; it stays the giver's until they took it."""

    class Outcome(models.TextChoices):
        """How it ended."""

        TAKEN = "taken", _("Taken")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        TAKEN_BACK = "taken_back", _("Taken back")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="replacements", verbose_name=_("whose seat")
    )
    address = AddressColumn(_("e-mail"))
    first_name = LineColumn(_("first name"), max_length=100)
    last_name = LineColumn(_("last name"), max_length=100)
    reason = LineColumn(_("reason"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=16, choices=Outcome, blank=True)
    taken_by = models.ForeignKey(
        Registration,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_over",
        verbose_name=_("who has the seat now"),
    )

    objects = ReplacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("replacement")
        verbose_name_plural = _("replacements")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(ended_at=None),
                name="replacement_one_open_a_registration",
                violation_error_message=_("A colleague was already asked to take this seat."),
            ),
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")), name="replacement_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="replacement_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def name(self) -> str:
        """Return who was asked."""
        return f"{self.first_name} {self.last_name}"

    def is_open(self, *, at: datetime) -> bool:
        """Return whether it can be answered at the moment ``at``."""
        return self.ended_at is None and at < self.until
