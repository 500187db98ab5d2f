"""Who comes to a meeting of a team of the partnership: who said that they can't, and who was there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.planning.meeting import Meeting
from partners.models import Person, by_name


class TeamAttendanceQuerySet(models.QuerySet["TeamAttendance"]):
    """Questions about who comes and who came."""

    def absent(self) -> "TeamAttendanceQuerySet":
        """Return those who said beforehand that they can't come."""
        return self.filter(said_absent_at__isnull=False)

    def here(self) -> "TeamAttendanceQuerySet":
        """Return those who were there."""
        return self.filter(came=True)


class TeamAttendance(models.Model):
    """One person at one meeting of a team; hours without points, as a team has no credit rule."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="team_attendance", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="team_attendance", verbose_name=_("person")
    )
    said_absent_at = models.DateTimeField(_("said they can't come"), null=True, blank=True)
    came = models.BooleanField(_("came"), null=True, blank=True)
    marked_by_name = models.CharField(_("marked by"), max_length=200, blank=True)
    marked_at = models.DateTimeField(_("marked"), null=True, blank=True)

    objects = TeamAttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance at a team's meeting")
        verbose_name_plural = _("attendance at teams' meetings")
        ordering = [*by_name("person__"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="teamattendance_once",
                violation_error_message=_("This person is already marked at this meeting."),
            ),
            models.CheckConstraint(
                condition=models.Q(came__isnull=True, marked_at__isnull=True)
                | models.Q(came__isnull=False, marked_at__isnull=False),
                name="teamattendance_marked_with_its_time",
                violation_error_message=_("A mark has the time at which it was made."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.meeting}"
