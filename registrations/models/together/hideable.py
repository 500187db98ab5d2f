"""What people write for each other, and staff can hide with a reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Hideable(models.Model):
    """A row that other people of a network see, unless staff have hidden it."""

    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=300, blank=True)
    hidden_by_name = models.CharField(_("hidden by"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hidden_at=None, hidden_reason="")
                | (models.Q(hidden_at__isnull=False) & ~models.Q(hidden_reason="")),
                name="%(class)s_hidden_for_a_reason",
                violation_error_message=_("Say why it's hidden."),
            )
        ]
