"""What a partner and the coordinators say about the partner's year in review."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.organization import Organization
from partners.models.people.person import Person


class YearRemark(models.Model):
    """A remark on one partner's year; the partner's own comes first."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="year_remarks")
    year = models.PositiveSmallIntegerField(_("school year starting in"))
    text = models.TextField(_("remark"), max_length=2000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_partner = models.BooleanField(_("by the partner"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("year-in-review remark")
        verbose_name_plural = _("year-in-review remarks")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]
