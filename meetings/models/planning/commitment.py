"""Commitments: promises one makes on registering."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.planning.network import Network


class Commitment(models.Model):
    """A promise one makes on registering; its text is versioned."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="commitments")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.current)

    @property
    def current(self) -> "CommitmentVersion | None":
        """Return the newest version (prefetch ``versions`` for lists)."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class CommitmentVersion(models.Model):
    """One wording of a commitment; never edited once somebody accepted it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.CharField(_("text"), max_length=500)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("commitment wording")
        verbose_name_plural = _("commitment wordings")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="commitmentversion_number_once")
        ]

    def __str__(self) -> str:
        return self.text
