"""Files on their way: what has come so far, so that a lost connection loses nothing."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.gathering.material import MaterialVersion
from partners.models import Person


class UploadQuerySet(models.QuerySet["Upload"]):
    """Questions about uploads."""

    def over(self, at: datetime) -> "UploadQuerySet":
        """Return those whose time to come is over."""
        return self.filter(expires_at__lte=at)


class Upload(models.Model):
    """One file that one person sends in parts, known by its content, so that sending goes on anywhere."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(_("name"), max_length=150)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    received = models.PositiveBigIntegerField(_("bytes that came"), default=0)
    parts = models.JSONField(_("where the parts lie"), default=list)
    version = models.OneToOneField(
        MaterialVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="upload"
    )
    expires_at = models.DateTimeField(_("kept until"), db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sha256", "size"],
                condition=models.Q(version__isnull=True),
                name="upload_once_while_it_comes",
            ),
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="upload_never_more_than_its_size"
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_here(self) -> bool:
        """Return whether all of it came."""
        return self.received == self.size
