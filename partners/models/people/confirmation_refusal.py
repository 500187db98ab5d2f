"""Who was said not to work somewhere, and from when on they may ask again."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.organization import Organization
from partners.models.people.person import Person


class NotHereQuerySet(models.QuerySet["NotHere"]):
    """Questions about who was said not to work somewhere."""

    def resting(self, on: date) -> "NotHereQuerySet":
        """Return those who may not ask again on a day, because nobody let them."""
        return self.filter(lifted_at=None, again_on__gt=on)


class NotHere(models.Model):
    """Whoever answers for an organization said that somebody does not work there or at a part of it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="not_here")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="not_here")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    again_on = models.DateField(_("can ask again on"))
    lifted_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("allowed by"),
    )
    lifted_at = models.DateTimeField(_("allowed to ask again"), null=True, blank=True)

    objects = NotHereQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer that somebody doesn't work there")
        verbose_name_plural = _("answer that somebody doesn't work there")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_by=None)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="nothere_lifted_by_somebody",
                violation_error_message=_("Keep who allowed them to ask again, and when."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organization}"
