"""The categories of needs and contributions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stemnet.columns import LineColumn


class Category(models.Model):
    """What partners need or give (docs/rules.md 9.3); edited by coordinators, protected while in use."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = LineColumn(_("name"), max_length=100)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    active = models.BooleanField(_("offered in forms"), default=True)

    class Meta:
        verbose_name = _("category of needs and contributions")
        verbose_name_plural = _("categories of needs and contributions")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
