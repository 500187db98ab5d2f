"""What a license wants to be renewed: the years of its window and the units in it, as data."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from stemnet.columns import LineColumn


class RenewalRule(models.Model):
    """The window of one license and what it wants, found in a source (docs/rules.md 2.8).

    ``code`` is that of the credit rule whose units count.
    """

    code = LineColumn(_("credit rule"), max_length=20, help_text=_("Whose units count, such as MA-PDP."))
    name = LineColumn(_("license"), max_length=100)
    years = models.PositiveSmallIntegerField(_("years of the window"), default=5)
    units = models.DecimalField(_("units in all"), max_digits=6, decimal_places=2)
    categories = models.JSONField(
        _("least units by category"),
        default=list,
        blank=True,
        help_text=_('Pairs of a category\'s code and a number, such as [["content", 15]].'),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=500)
    effective_from = models.DateField(_("in effect from"))
    effective_to = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("renewal of a license")
        verbose_name_plural = _("renewals of licenses")
        ordering = ["code", "name", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "effective_from"],
                name="renewalrule_once_a_day",
                violation_error_message=_("This license already has a rule from that day on."),
            ),
            models.CheckConstraint(
                condition=models.Q(years__range=(1, 10)),
                name="renewalrule_years_in_range",
                violation_error_message=_("A window has 1 to 10 years."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def first_day(self, last: date) -> date:
        """Return the first day of the window that ends on the day ``last``."""
        after = last + timedelta(days=1)
        try:
            return after.replace(year=after.year - self.years)
        except ValueError:  # February 29
            return after.replace(year=after.year - self.years, day=28)
