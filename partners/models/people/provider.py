"""Bodies that are entitled to award professional development credit."""

from datetime import date

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from stemnet import wording
from stemnet.columns import LineColumn


class Provider(models.Model):
    """A body entitled to award credit: name and number as on the registry (docs/rules.md 2.3)."""

    name = LineColumn(_("name as on the registry"), max_length=200)
    number = LineColumn(_("number on the registry"), max_length=60, blank=True)
    jurisdiction = models.CharField(_("state"), max_length=2, default="MA")
    valid_from = models.DateField(
        _("approved from"),
        null=True,
        blank=True,
        help_text=_("No certificate is issued for meetings before it. Leave empty if there's no such day."),
    )
    valid_to = models.DateField(
        _("approved until"),
        null=True,
        blank=True,
        help_text=_(
            "The last day, such as September 30 in Washington. Documents that were issued stay valid."
        ),
    )
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
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="provider_approval_ends_after_it_begins",
                violation_error_message=_("The last day can't be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid_on(self, day: date) -> bool:
        """Return whether it may award credit for a meeting of this day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    @property
    def valid_words(self) -> str:
        """Return when it is approved: "from Oct 1, 2026 to Sep 30, 2027"; nothing where it has no dates."""
        words = {
            "first": wording.day(self.valid_from) if self.valid_from else "",
            "last": wording.day(self.valid_to) if self.valid_to else "",
        }
        if self.valid_from and self.valid_to:
            return gettext("from %(first)s to %(last)s") % words
        if self.valid_from:
            return gettext("from %(first)s on") % words
        return gettext("until %(last)s") % words if self.valid_to else ""
