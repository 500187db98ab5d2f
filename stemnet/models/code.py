"""Codes on their way to an address that no other row keeps, such as to sign in, and who asked for any."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentCode(models.Model):
    """A code of six digits: what is kept of it, when it went, and how often it was tried."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), db_index=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")

    def __str__(self) -> str:
        return str(self.uid)


class AskedCode(models.Model):
    """That somebody asked for a code: when, and a keyed hash of purpose, client and address."""

    asker = models.CharField(_("who asked, hashed"), max_length=64)
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("request for a code")
        verbose_name_plural = _("requests for codes")
        indexes = [models.Index(fields=["asker", "at"], name="asked_code_asker_at")]

    def __str__(self) -> str:
        return str(self.at)
