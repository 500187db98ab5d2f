"""What networks are about and whom they are for: two lists that coordinators keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stemnet.columns import LineColumn


class Listed(models.Model):
    """A row of a list that coordinators keep; its code stands in addresses and stays."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    title = LineColumn(_("title"), max_length=100)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    active = models.BooleanField(_("offered in forms"), default=True)

    class Meta:
        abstract = True
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class Subject(Listed):
    """What a network is about."""

    class Meta(Listed.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class Audience(Listed):
    """Whom a network is for."""

    class Meta(Listed.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
