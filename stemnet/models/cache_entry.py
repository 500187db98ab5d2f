"""What the shared cache keeps in the database while Redis is away."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CacheEntryQuerySet(models.QuerySet["CacheEntry"]):
    """Questions about what is kept."""

    def fresh(self, at: datetime) -> "CacheEntryQuerySet":
        """Return what still counts at ``at``."""
        return self.filter(Q(until=None) | Q(until__gt=at))

    def over(self, at: datetime) -> "CacheEntryQuerySet":
        """Return what counts no longer at ``at``."""
        return self.filter(until__lte=at)


class CacheEntry(models.Model):
    """One value, such as how often a client asked; its key is a hash, for keys hold addresses of clients."""

    key = models.CharField(_("key, hashed"), max_length=64, primary_key=True)
    value = models.JSONField(_("value"))
    until = models.DateTimeField(_("until"), null=True, db_index=True)

    objects = CacheEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("cached value")
        verbose_name_plural = _("cached values")

    def __str__(self) -> str:
        return self.key
