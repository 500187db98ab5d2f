"""How documents of a network, or of all networks of a provider, look: versions that are never changed."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Person, Provider
from stemnet.columns import LineColumn

LOGO_LINE, CLOSING = 160, 300  # signs that fit beside the facts of a certificate


def picture_path(design: "DocumentDesign", filename: str) -> str:
    """Return a random name in the private storage; documents stand on the file, so it's never deleted."""
    return f"document-designs/{uuid.uuid4().hex}"


class DocumentDesign(models.Model):
    """One version; the newest is in use, a network's before its provider's."""

    network = models.ForeignKey(
        Network,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="document_designs",
        verbose_name=_("network"),
    )
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="document_designs",
        verbose_name=_("provider"),
    )
    version = models.PositiveIntegerField(_("version"))
    logo = models.FileField(_("logo"), upload_to=picture_path, blank=True, editable=False)
    logo_words = LineColumn(_("the logo in words"), max_length=120, blank=True)
    signature = models.FileField(
        _("picture of the signature"), upload_to=picture_path, blank=True, editable=False
    )
    line = LineColumn(_("line below the network's name"), max_length=LOGO_LINE, blank=True)
    closing = LineColumn(_("sentence at the end"), max_length=CLOSING, blank=True)
    names_hosts = models.BooleanField(_("certificates name the co-hosts"), default=False)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=200)
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("design of documents")
        verbose_name_plural = _("designs of documents")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(network__isnull=True) ^ models.Q(provider__isnull=True),
                name="document_design_of_a_network_or_a_provider",
            ),
            models.UniqueConstraint(
                fields=["network", "version"], name="document_design_version_of_a_network"
            ),
            models.UniqueConstraint(
                fields=["provider", "version"], name="document_design_version_of_a_provider"
            ),
            models.CheckConstraint(
                condition=models.Q(logo="") | ~models.Q(logo_words=""), name="document_design_logo_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network or self.provider} v{self.version}"

    @property
    def said(self) -> dict[str, Any]:
        """Return what a document freezes of it, as plain JSON."""
        return {
            "version": self.version,
            "logo": self.logo.name or "",
            "logo_words": self.logo_words,
            "signature": self.signature.name or "",
            "line": self.line,
            "closing": self.closing,
            "names_hosts": self.names_hosts,
        }
