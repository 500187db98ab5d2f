"""Acts that waited on a device at the desk, by the keys that the device gave them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting


class DeskAct(models.Model):
    """One act of a device that was done; whatever comes with its key again was done already."""

    key = models.UUIDField(_("key of the device"), unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="desk_acts")
    done_at = models.DateTimeField(_("done"))

    class Meta:
        verbose_name = _("act of a device")
        verbose_name_plural = _("acts of devices")

    def __str__(self) -> str:
        return str(self.key)
