"""Breaks inside meetings."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models.planning.meeting import Meeting
from stemnet import wording


class Break(models.Model):
    """A break at a wall time of its meeting; some credit rules take breaks out of the hours."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="breaks")
    start_time = models.TimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["start_time", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0),
                name="break_lasts_a_minute_at_least",
                violation_error_message=_("A break has to be at least one minute."),
            )
        ]

    def __str__(self) -> str:
        zone = ZoneInfo(self.meeting.zone)
        start, end = (wording.clock(moment.astimezone(zone)) for moment in self.span)
        return gettext("%(start)s to %(end)s") % {"start": start, "end": end}

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Return its beginning and end (UTC)."""
        meeting = self.meeting
        after_midnight = meeting.end_time <= meeting.start_time and self.start_time < meeting.start_time
        on = meeting.on + timedelta(days=after_midnight)
        local = datetime.combine(on, self.start_time, ZoneInfo(meeting.zone))
        start = local.astimezone(UTC)
        return start, start + timedelta(minutes=self.minutes)
