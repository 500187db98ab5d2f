"""Somebody asks to be told when a place of one meeting frees: in the room, or online."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from registrations.models.seats.chosen_way import ChosenWay
from registrations.models.seats.registration import Registration


class PlaceWish(models.Model):
    """A wish to be told once; it keeps no place. Who was told asks again, which is the same row."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="place_wishes")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="place_wishes")
    way = models.CharField(_("how they'd like to come"), max_length=8, choices=ChosenWay.Way)
    asked_at = models.DateTimeField(_("asked"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish for a place")
        verbose_name_plural = _("wishes for places")
        constraints = [
            models.UniqueConstraint(fields=["registration", "meeting"], name="placewish_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_way_display()}"
