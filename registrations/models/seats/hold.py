"""Holds: what a browser sent to register, and a seat kept for an address that is not proved yet."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from stemnet.columns import AddressColumn


class HoldQuerySet(models.QuerySet["Hold"]):
    """Questions about holds."""

    def live(self, at: datetime) -> "HoldQuerySet":
        """Return those not used and not run out."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)

    def occupying(self, at: datetime) -> "HoldQuerySet":
        """Return live ones that take a seat: one an address, however many browsers were promised it."""
        return self.live(at).filter(takes_seat=True)

    def over(self, at: datetime) -> "HoldQuerySet":
        """Return those that ran out or were used."""
        return self.filter(models.Q(expires_at__lte=at) | models.Q(used_at__isnull=False))


class Hold(models.Model):
    """What one browser sent while the address is being proved, with its own code and tries.

    ``keeps_seat`` says that this browser was promised a seat. The seat is the address's: of all holds that
    were promised it, the one that ends last ``takes_seat``.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="holds")
    address = AddressColumn(_("e-mail"))
    browser = models.CharField(_("browser, as it is called in its session"), max_length=64)
    answers = models.JSONField(_("what was typed"), default=dict)
    code_hash = models.CharField(max_length=200)
    codes = models.PositiveIntegerField(_("codes sent"), default=0)
    tries = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    client = models.CharField(_("client address, hashed"), max_length=64, blank=True)
    keeps_seat = models.BooleanField(_("keeps a seat"), default=False)
    takes_seat = models.BooleanField(_("counts for its address"), default=False)
    created_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("code sent"))
    expires_at = models.DateTimeField(_("until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [models.Index(fields=["network", "expires_at"], name="hold_network_expires")]
        constraints = [
            models.UniqueConstraint(fields=["network", "address", "browser"], name="hold_once_a_browser"),
            models.UniqueConstraint(
                fields=["network", "address"],
                condition=models.Q(takes_seat=True),
                name="hold_takes_one_seat_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(keeps_seat=True) | models.Q(takes_seat=False),
                name="hold_takes_what_it_keeps",
            ),
            models.CheckConstraint(condition=models.Q(address=Lower("address")), name="hold_lower_case"),
        ]

    def __str__(self) -> str:
        return str(self.uid)
