"""The code for the room, as far as it is kept: which number its secret has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting


class RoomCode(models.Model):
    """The number of a meeting's secret, from which the codes on the wall follow; without a row it is 0.

    The secret itself is worked out from it and from the secret of the installation, and stands nowhere.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="room_code")
    number = models.PositiveIntegerField(_("number of the secret"), default=0)
    renewed_at = models.DateTimeField(_("renewed"))

    class Meta:
        verbose_name = _("code for the room")
        verbose_name_plural = _("codes for the room")

    def __str__(self) -> str:
        return str(self.number)
