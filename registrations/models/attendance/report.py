"""Reports of meeting tools: their files as they came, how they are read, who was who, and what came of it."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Network
from partners.models import Person
from stemnet.columns import LineColumn
from stemnet.models import Job


class AttendanceReportQuerySet(models.QuerySet["AttendanceReport"]):
    """Questions about reports."""

    def open(self) -> "AttendanceReportQuerySet":
        """Return those that nobody has imported."""
        return self.filter(state=AttendanceReport.State.OPEN)

    def left_open(self, since: datetime) -> "AttendanceReportQuerySet":
        """Return those that were brought before ``since`` and never imported."""
        return self.open().filter(uploaded_at__lte=since)


class AttendanceReport(models.Model):
    """One import of attendance: files of one meeting, the zone of their times, and what was decided.

    ``shift`` is by how many hours the times of the files are late (early below 0). ``decisions`` go by the
    key of a visitor: uids of registrations (``who``), minutes that somebody confirmed, left out, remembered.
    ``left_out`` names whoever was not imported, and why. The marks that it made have its uid as their batch.
    """

    class State(models.TextChoices):
        """How far it has come."""

        OPEN = "open", _("not imported yet")
        CONFIRMED = "confirmed", _("imported")
        TAKEN_BACK = "taken_back", _("taken back")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    zone = models.CharField(_("time zone of the file"), max_length=64)
    shift = models.SmallIntegerField(_("hours by which its times are late"), default=0)
    decisions = models.JSONField(_("decided by hand"), default=dict, blank=True)
    said = models.PositiveIntegerField(_("times something was said of it"), default=0)
    left_out = models.JSONField(_("who was not imported, and why"), default=list, blank=True)
    people = models.PositiveIntegerField(_("people in the files"), default=0)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("uploaded by"), max_length=200)
    uploaded_at = models.DateTimeField(_("uploaded"))
    confirmed_by = models.CharField(_("imported by"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(_("imported"), null=True, blank=True)
    taken_back_by = models.CharField(_("taken back by"), max_length=200, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_reason = LineColumn(_("why it was taken back"), max_length=300, blank=True)

    objects = AttendanceReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance report")
        verbose_name_plural = _("attendance reports")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", confirmed_at=None)
                | (~Q(state="open") & Q(confirmed_at__isnull=False)),
                name="attendancereport_imported_says_when",
                violation_error_message=_("A report that was imported says when."),
            ),
            models.CheckConstraint(
                condition=Q(state="taken_back", taken_back_at__isnull=False)
                | (~Q(state="taken_back") & Q(taken_back_at=None)),
                name="attendancereport_taken_back_says_when",
                violation_error_message=_("Only a report that was taken back says when."),
            ),
            models.CheckConstraint(
                condition=Q(shift__gte=-24, shift__lte=24),
                name="attendancereport_shifted_within_a_day",
                violation_error_message=_("Times can be moved by 24 hours at most."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(file.name for file in self.files.all())

    def get_absolute_url(self) -> str:
        """Return the page where it is looked at, or of what it did."""
        return reverse("staff_report", args=[self.meeting.uid, self.uid])


def report_path(file: "ReportFile", _name: str) -> str:
    """Return where a file is kept: nothing of it comes from whoever sent it."""
    return f"reports/{file.uid}"


class ReportFile(models.Model):
    """One file of a report as it came, and what somebody said of how it is read.

    ``encoding``, ``date_order`` and ``columns`` are empty where the file says them itself.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(AttendanceReport, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to=report_path, editable=False)
    name = LineColumn(_("name"), max_length=150)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    layout = models.CharField(_("layout"), max_length=40, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    date_order = models.CharField(_("order of day and month"), max_length=8, blank=True)
    columns = models.JSONField(_("columns"), default=dict, blank=True)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "sha256"], name="reportfile_once_a_report"),
        ]

    def __str__(self) -> str:
        return self.name


class RememberedVisitor(models.Model):
    """Whom a network means by a name or an address in its reports; without a person, whoever is left out.

    ``key`` is ``mail:`` and an address, or ``name:`` and a name in its plain form.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="remembered_visitors")
    key = models.CharField(_("name or address in reports"), max_length=330)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="remembered_as"
    )
    by_name = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("remembered name")
        verbose_name_plural = _("remembered names")
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="rememberedvisitor_once_a_network"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def words(self) -> str:
        """Return the name or the address as people read it."""
        return self.key.partition(":")[2]


class RememberedColumns(models.Model):
    """Which columns somebody pointed at in a table that the portal doesn't know, by its header."""

    header = models.CharField(_("fingerprint of the header"), max_length=64, unique=True)
    columns = models.JSONField(_("columns"))
    by_name = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")

    def __str__(self) -> str:
        return self.header
