"""The seals that documents carry: kept for good, so that each can be checked once its key was replaced."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seal(models.Model):
    """The certificate of one seal; its key is the operator's and never in the database."""

    fingerprint = models.CharField(_("SHA-256 of the certificate"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=300)
    pem = models.TextField(_("certificate"))
    first_used_at = models.DateTimeField(_("first used"))

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["first_used_at", "id"]

    def __str__(self) -> str:
        return self.name
