"""When the clock last swept, for every process to see."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepQuerySet(models.QuerySet["Sweep"]):
    """Questions about sweeps."""

    def last_at(self) -> datetime | None:
        """Return when the clock swept last, or None before its first sweep."""
        return self.values_list("at", flat=True).first()

    def note(self, at: datetime) -> None:
        """Write down that the clock swept at ``at``."""
        if not self.update(at=at):
            self.create(pk=1, at=at)


class Sweep(models.Model):
    """The last sweep; one row."""

    at = models.DateTimeField(_("when"))

    objects = SweepQuerySet.as_manager()

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")

    def __str__(self) -> str:
        return str(self.at)
