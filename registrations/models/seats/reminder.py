"""Reminders: that one person was reminded of one meeting, at one distance, as it was planned then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from partners.models import Person
from registrations.models.seats.registration import Registration


class Offset(models.TextChoices):
    """How long before the meeting (docs/rules.md 7.1)."""

    WEEK = "week", _("One week before")
    DAY = "day", _("One day before")
    HOUR = "hour", _("One hour before")


class Reminder(models.Model):
    """A reminder that became due: the row exists from then on, and only once. One mail may carry several."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, null=True, blank=True, related_name="reminders"
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reminders",
        help_text=_("Who leads a group or sits on a team without being registered."),
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reminders")
    offset = models.CharField(_("when"), max_length=8, choices=Offset)
    starts_at = models.DateTimeField(
        _("meeting's start at the time"), help_text=_("A rescheduled meeting gets a new reminder.")
    )
    mail_key = models.CharField(_("key of the e-mail"), max_length=250, db_index=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "registration", "offset", "starts_at"], name="reminder_once_an_occurrence"
            ),
            models.UniqueConstraint(
                fields=["meeting", "person", "offset", "starts_at"], name="reminder_once_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(registration__isnull=True) ^ models.Q(person__isnull=True),
                name="reminder_of_a_registration_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration or self.person}: {self.meeting}, {self.get_offset_display()}"
