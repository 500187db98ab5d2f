"""What colleagues say of the partnership: only with their consent, which somebody noted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.organization import Organization
from partners.models.people.person import Person
from stemnet.columns import LineColumn


class VoiceQuerySet(models.QuerySet["Voice"]):
    """Questions about voices."""

    def shown(self) -> "VoiceQuerySet":
        """Return those on the home page, in their order."""
        return self.filter(active=True).select_related("organization").order_by("position", "pk")


class Voice(models.Model):
    """One sentence or two, by role and not by name; a row is written only with consent."""

    text = models.CharField(_("what they say"), max_length=240)
    role = LineColumn(_("role"), max_length=100, help_text=_("Such as: A district science lead."))
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="voices",
        verbose_name=_("organization"),
        help_text=_("Leave empty where the person prefers it."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    active = models.BooleanField(_("shown on the home page"), default=True)
    consent_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("consent noted by"),
    )
    consent_at = models.DateTimeField(_("consent noted"), editable=False)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text
