"""How a need or a contribution read before somebody changed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.exchange.exchange import Contribution, Need
from partners.models.people.person import Person


class Rewording(models.Model):
    """One change of the words of a need or of a contribution, with what each changed field said before."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, null=True, blank=True, related_name="rewordings")
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, null=True, blank=True, related_name="rewordings"
    )
    before = models.JSONField(_("before"), default=dict, help_text=_("What each changed field used to say."))
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=200, help_text=_("The person's name at the time."))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("change of wording")
        verbose_name_plural = _("changes of wording")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(need__isnull=False, contribution__isnull=True)
                | models.Q(need__isnull=True, contribution__isnull=False),
                name="rewording_of_one",
                violation_error_message=_("It belongs to a need or to a contribution."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need or self.contribution}, {self.at:%Y-%m-%d}"

    @property
    def said(self) -> list[tuple[str, str]]:
        """Return the changed fields by their names on pages, each with what it said before."""
        model = Need if self.need_id else Contribution
        fields = {field.name: field for field in (*model._meta.fields, *model._meta.many_to_many)}
        return [(str(fields[name].verbose_name), words) for name, words in self.before.items()]
