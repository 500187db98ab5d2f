"""How somebody comes to one meeting that is held in a room and online: in the room, or online."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from registrations.models.seats.registration import Registration
from registrations.models.seats.substitute import MeetingGuest


class ChosenWayQuerySet(models.QuerySet["ChosenWay"]):
    """Questions about what people chose."""

    def counted(self) -> "ChosenWayQuerySet":
        """Return those of people with a seat, or offered one, and of guests: they take a place."""
        coming = MeetingGuest.objects.standing().filter(
            registration=models.OuterRef("registration"), meeting=models.OuterRef("meeting")
        )
        occupying = models.Q(registration__in=Registration.objects.occupying())
        return self.filter(occupying | models.Exists(coming))


class ChosenWay(models.Model):
    """One person's choice for one meeting; who chose nothing has no row."""

    class Way(models.TextChoices):
        """The two ways to come."""

        ROOM = "room", _("In the room")
        ONLINE = "online", _("Online")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="chosen_ways")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="chosen_ways")
    way = models.CharField(_("how they come"), max_length=8, choices=Way)
    chosen_at = models.DateTimeField(_("chosen"))

    objects = ChosenWayQuerySet.as_manager()

    class Meta:
        verbose_name = _("chosen way")
        verbose_name_plural = _("chosen ways")
        indexes = [models.Index(fields=["meeting", "way"], name="chosenway_meeting_way")]
        constraints = [
            models.UniqueConstraint(fields=["registration", "meeting"], name="chosenway_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_way_display()}"
