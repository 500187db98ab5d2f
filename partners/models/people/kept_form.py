"""What somebody typed into a long form and did not send yet."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    """Questions about kept forms."""

    def saved_before(self, at: datetime) -> "KeptFormQuerySet":
        """Return those that were last saved before a moment."""
        return self.filter(saved_at__lt=at)


class KeptForm(models.Model):
    """The fields of one form as its person typed them last: a list of names and values, in order."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kept_forms")
    form = models.CharField(_("form"), max_length=200)
    fields = models.JSONField(_("what was typed"), default=list)
    saved_at = models.DateTimeField(_("saved"), db_index=True)

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        constraints = [models.UniqueConstraint(fields=["person", "form"], name="keptform_once_a_person")]

    def __str__(self) -> str:
        return self.form
