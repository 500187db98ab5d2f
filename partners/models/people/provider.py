"""Bodies that are entitled to award professional development credit."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from stemnet.columns import LineColumn


class Provider(models.Model):
    """A body entitled to award credit: name and number as on the registry (docs/rules.md 2.3)."""

    name = LineColumn(_("name as on the registry"), max_length=200)
    number = LineColumn(_("number on the registry"), max_length=60, blank=True)
    jurisdiction = models.CharField(_("state"), max_length=2, default="MA")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="provider_once_a_state",
                violation_error_message=_("This provider is already listed."),
            )
        ]

    def __str__(self) -> str:
        return self.name
