"""That somebody's data was deleted: when, by whom, and why; never who it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person


class Removal(models.Model):
    """One deletion. ``by`` is the coordinator or staff who did it on request, and empty for oneself."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="removal", verbose_name=_("person")
    )
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=200)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return str(self.at)
