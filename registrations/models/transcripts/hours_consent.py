"""Who lets which organization see their hours; asked for each organization, taken back at any time."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Organization, Person


class HoursConsentQuerySet(models.QuerySet["HoursConsent"]):
    """Questions about consents."""

    def standing(self) -> "HoursConsentQuerySet":
        """Return those that were not taken back."""
        return self.filter(ended_at=None)


class HoursConsent(models.Model):
    """One person lets the contacts of one organization see their hours, until they take that back."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="hours_consents")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="hours_consents")
    given_at = models.DateTimeField(_("agreed"))
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = HoursConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to show hours")
        verbose_name_plural = _("consents to show hours")
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=models.Q(ended_at=None),
                name="hoursconsent_one_standing",
                violation_error_message=_("They have agreed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("given_at")),
                name="hoursconsent_ends_after_it_begins",
                violation_error_message=_("A consent can't end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.organization}"
