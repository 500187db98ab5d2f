"""Designations: a leader is asked by mail whether somebody comes for them; until then a seat is only held."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registrations.models.seats.registration import Registration
from stemnet.columns import AddressColumn


class DesignationQuerySet(models.QuerySet["Designation"]):
    """Questions about designations."""

    def open(self) -> "DesignationQuerySet":
        """Return those that nobody has answered and that didn't expire."""
        return self.filter(ended_at=None)


class Designation(models.Model):
    """The question to one leader whether somebody comes for them, with the code that was mailed last."""

    class Outcome(models.TextChoices):
        """How it ended."""

        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")
        EXPIRED = "expired", _("Expired")
        LEFT = "left", _("They left before")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="designations", verbose_name=_("who comes")
    )
    address = AddressColumn(_("the leader's e-mail"))
    made_at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(_("until"))
    code_hash = models.CharField(max_length=200, blank=True, editable=False)
    codes = models.PositiveIntegerField(_("codes sent"), default=0)
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    ended_at = models.DateTimeField(_("answered"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=16, choices=Outcome, blank=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(ended_at=None),
                name="designation_one_open_a_registration",
            ),
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")), name="designation_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="designation_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    def is_open(self, *, at: datetime) -> bool:
        """Return whether the leader can answer at the moment ``at``."""
        return self.ended_at is None and at < self.until
