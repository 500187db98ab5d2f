"""When an export is sent by itself, to whom, and the links that it was sent as."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Person
from registrations.models.exporting.saved_export import SavedExport


class ExportScheduleQuerySet(models.QuerySet["ExportSchedule"]):
    """Questions about schedules."""

    def due(self, at: datetime) -> "ExportScheduleQuerySet":
        """Return those that go out now."""
        return self.filter(stopped_at=None, next_at__lte=at)


class ExportSchedule(models.Model):
    """How often an export goes out, by the clock at the partnership's own place."""

    class Every(models.TextChoices):
        """How often."""

        DAY = "day", _("Every day")
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")

    class Weekday(models.IntegerChoices):
        """On which day of a week."""

        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    export = models.OneToOneField(SavedExport, on_delete=models.CASCADE, related_name="schedule")
    every = models.CharField(_("how often"), max_length=8, choices=Every, default=Every.WEEK)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday, default=Weekday.MONDAY)
    month_day = models.PositiveSmallIntegerField(_("day of the month"), default=1)
    hour = models.PositiveSmallIntegerField(_("at"), default=8)
    next_at = models.DateTimeField(_("next time"))
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    objects = ExportScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule of an export")
        verbose_name_plural = _("schedules of exports")
        ordering = ["next_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__range=(0, 6)), name="exportschedule_weekday_known"
            ),
            models.CheckConstraint(
                condition=models.Q(month_day__range=(1, 28)),
                name="exportschedule_day_is_in_every_month",
                violation_error_message=_("Choose a day from 1 to 28, which every month has."),
            ),
            models.CheckConstraint(
                condition=models.Q(hour__range=(7, 19)),
                name="exportschedule_hour_is_of_the_day",
                violation_error_message=_("Choose an hour from 7 in the morning to 7 in the evening."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.export}, {self.get_every_display()}"


class ExportReader(models.Model):
    """Somebody who gets an export besides its owner."""

    schedule = models.ForeignKey(ExportSchedule, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exports_read")

    class Meta:
        verbose_name = _("reader of an export")
        verbose_name_plural = _("readers of exports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "person"], name="exportreader_once_a_schedule")
        ]

    def __str__(self) -> str:
        return str(self.person)


class ExportDelivery(models.Model):
    """One link that somebody was sent: it opens an export for them, signed in, until it ends."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    export = models.ForeignKey(SavedExport, on_delete=models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="export_deliveries")
    due_at = models.DateTimeField(_("due"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("export that was sent")
        verbose_name_plural = _("exports that were sent")
        ordering = ["-due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["export", "person", "due_at"], name="exportdelivery_once_a_person_and_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.export}, {self.person}"

    def is_open(self, *, at: datetime) -> bool:
        """Return whether the link opens anything at the moment ``at``."""
        return at < self.until
