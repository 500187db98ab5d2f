"""Evidence (what was seen) and attendance (what counts, derived from it)."""

import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from partners.models import Change, Person
from registrations.models.seats.registration import Registration


class Source(models.TextChoices):
    """Where a mark comes from (docs/rules.md 6.1)."""

    STAFF = "staff", _("marked by staff")
    LEAD = "lead", _("marked by the group lead")
    ALL_PRESENT = "all_present", _("marked with everyone")
    WALK_IN = "walk_in", _("walked in")
    SHEET = "sheet", _("typed in from the sign-in sheet")
    IMPORT = "import", _("imported")
    KIOSK = "kiosk", _("checked in at the door")
    SELF = "self", _("checked in on their own phone")
    MAKE_UP = "make_up", _("made up for")


BY_HAND = (Source.STAFF, Source.LEAD, Source.ALL_PRESENT, Source.WALK_IN, Source.SHEET)
BY_DEVICE = (Source.KIOSK, Source.SELF)


class Seen(models.TextChoices):
    """Present or absent; who is not marked has no row."""

    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Questions about evidence."""

    def standing(self) -> "EvidenceQuerySet":
        """Return marks that no correction replaced."""
        return self.filter(replaced_at__isnull=True)


class Evidence(models.Model):
    """One mark: an interval as typed (or none for absent), its source, who made it and when. Never edited.

    Make-up work has minutes in place of an interval; who approved it is who made the mark, what was done its
    reason.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="evidence")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="evidence")
    source = models.CharField(_("how we know"), max_length=16, choices=Source)
    seen = models.CharField(_("seen"), max_length=8, choices=Seen)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    away = models.JSONField(
        _("away in between"),
        default=list,
        blank=True,
        help_text=_("When they left, and when they came back."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes made up for"), null=True, blank=True, help_text=_("Only for make-up work.")
    )
    done_on = models.DateField(_("done on"), null=True, blank=True, help_text=_("Only for make-up work."))
    presenting = models.BooleanField(_("presented"), default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("marked by"), max_length=200)
    at = models.DateTimeField(_("marked at"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    device_key = models.UUIDField(_("key of the device"), null=True, blank=True, unique=True, editable=False)
    uncounted = models.BooleanField(
        _("not counted yet"),
        default=False,
        editable=False,
        help_text=_("Pressed on a phone within the last minute; the clock lets what counts follow."),
    )
    batch = models.UUIDField(_("marked together"), null=True, blank=True, db_index=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    taken_back_by = models.CharField(
        _("removed by"), max_length=200, blank=True, help_text=_("If no other mark replaced it.")
    )
    taken_back_reason = models.CharField(_("why it was removed"), max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["meeting", "registration"], name="evidence_meeting_person"),
            models.Index(fields=["meeting"], condition=models.Q(uncounted=True), name="evidence_uncounted"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "registration"],
                condition=models.Q(
                    replaced_at__isnull=True, source__in=["staff", "lead", "all_present", "walk_in", "sheet"]
                ),
                name="evidence_one_standing_mark_by_hand",
            ),
            models.UniqueConstraint(
                fields=["meeting", "registration", "source"],
                condition=models.Q(replaced_at__isnull=True, source__in=["kiosk", "self"]),
                name="evidence_one_standing_mark_a_kind_of_device",
            ),
            models.CheckConstraint(
                condition=models.Q(seen="absent", arrived_at__isnull=True, left_at__isnull=True)
                | models.Q(seen="present", arrived_at__isnull=False, left_at__isnull=False)
                | models.Q(seen="present", source="make_up", arrived_at__isnull=True, left_at__isnull=True),
                name="evidence_present_has_an_interval",
            ),
            models.CheckConstraint(
                condition=models.Q(source="make_up", minutes__gt=0)
                | (~models.Q(source="make_up") & models.Q(minutes__isnull=True)),
                name="evidence_make_up_work_has_minutes",
                violation_error_message=_("Make-up work needs minutes."),
            ),
            models.CheckConstraint(
                condition=models.Q(seen="present") | models.Q(presenting=False),
                name="evidence_presenters_are_present",
                violation_error_message=_("Somebody who is absent can't be a presenter."),
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at__isnull=True) | models.Q(left_at__gt=models.F("arrived_at")),
                name="evidence_leaves_after_arriving",
                violation_error_message=_("The time left can't be before the time arrived."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_seen_display()}, {self.get_source_display()}"


class Attendance(models.Model):
    """What counts for one person at one meeting, derived by the domain; minutes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(_("status"), max_length=8, choices=Seen)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    away = models.JSONField(_("away in between"), default=list, blank=True)
    presenting = models.BooleanField(_("presented"), default=False)
    minutes_scheduled = models.PositiveIntegerField(_("minutes scheduled"), default=0)
    minutes_attended = models.PositiveIntegerField(_("minutes attended"), default=0)
    minutes_counted = models.PositiveIntegerField(_("minutes counted"), default=0)
    minutes_rounded_up = models.PositiveSmallIntegerField(
        _("of these, added by rounding"),
        default=0,
        help_text=_("Minutes that rounding to the nearest step added; no minimum is reached by them."),
    )
    minutes_other_topic = models.PositiveIntegerField(
        _("minutes on another topic"),
        default=0,
        help_text=_("Hours of a group that meets on its own topic, besides the network's."),
    )
    minutes_made_up = models.PositiveIntegerField(
        _("minutes made up for"), default=0, help_text=_("Of the minutes attended: those of make-up work.")
    )
    made_up_by = models.TextField(
        _("make-up work approved by"), blank=True, help_text=_("Names, if any make-up work counts.")
    )
    reason = models.CharField(
        _("why"),
        max_length=24,
        blank=True,
        help_text=_("The reason in one word, as the credit rules name it."),
    )
    source = models.CharField(_("how we know"), max_length=16, choices=Source)
    stands_on = models.JSONField(
        _("what it is based on"), default=list, blank=True, help_text=_("The kinds of evidence, in order.")
    )
    marked_by = models.CharField(_("marked by"), max_length=200, blank=True)
    derived_at = models.DateTimeField(_("last figured"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "registration"], name="attendance_once_a_meeting"),
            models.CheckConstraint(
                condition=models.Q(minutes_attended__lte=models.F("minutes_scheduled")),
                name="attendance_never_more_than_scheduled",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_counted__lte=models.F("minutes_scheduled")),
                name="attendance_counted_never_more_than_scheduled",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_rounded_up__lte=models.F("minutes_counted")),
                name="attendance_rounding_adds_to_what_counts",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_counted=0) | models.Q(minutes_other_topic=0),
                name="attendance_counts_on_one_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_counted}"

    @property
    def how_known(self) -> str:
        """Return the kinds of evidence that it stands on: "imported, checked in at the door"."""
        return ", ".join(str(Source(one).label) for one in self.stands_on or [self.source])

    @property
    def words(self) -> str:
        """Present, absent, or present as somebody who presents."""
        return gettext("Presented") if self.presenting else self.get_status_display()


class AttendanceCompletion(models.Model):
    """Somebody said of a meeting: attendance is complete."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="completion")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("by"), max_length=200)
    missed_told_at = models.DateTimeField(
        _("who missed it was written to"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("completed attendance")
        verbose_name_plural = _("completed attendance")

    def __str__(self) -> str:
        return str(self.meeting)


class AttendanceCompletionChange(Change):
    """Somebody said that a meeting's attendance is complete, or took that back."""

    class What(models.TextChoices):
        """What was said."""

        OPEN = "open", _("Attendance is being taken")
        COMPLETE = "complete", _("Attendance is complete")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="completion_changes")

    class Meta(Change.Meta):
        verbose_name = _("change of completed attendance")
        verbose_name_plural = _("changes of completed attendance")
