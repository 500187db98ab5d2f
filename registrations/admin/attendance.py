"""Evidence and attendance on the repair desk: to look at; marks are made at the attendance desk."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import LookingDesk
from registrations.models import Attendance, AttendanceCompletion, Evidence

PEOPLE = ["registration__person__plain_first_name", "registration__person__plain_last_name", "meeting__title"]


@admin.register(Evidence)
class EvidenceAdmin(LookingDesk):
    """Every mark that was ever made, replaced ones included."""

    task, place, list_name = "records", 20, _("Marks of attendance")
    list_display = ["person", "meeting", "seen", "presenting", "source", "by_name", "at", "replaced_at"]
    list_select_related = ["registration__person", "meeting"]
    list_filter = [
        "source",
        "seen",
        "presenting",
        ("replaced_at", admin.EmptyFieldListFilter),
        "meeting__network__school_year",
    ]
    search_fields = [*PEOPLE, "by_name", "reason"]
    search_help_text = _("Person, meeting, who marked it, or the reason")
    ordering = ["-id"]

    @admin.display(description=_("person"), ordering="registration__person__plain_last_name")
    def person(self, evidence: Evidence) -> str:
        """Return who was seen, or not."""
        return str(evidence.registration.person)


@admin.register(Attendance)
class AttendanceAdmin(LookingDesk):
    """What counts for each person at each meeting, in minutes."""

    task, place = "records", 10
    list_display = ["person", "meeting", "status", "minutes_attended", "minutes_counted", "reason", "known"]
    list_select_related = ["registration__person", "meeting"]
    list_filter = ["status", "presenting", "source", "reason", "meeting__network__school_year"]
    search_fields = PEOPLE
    search_help_text = _("Person or meeting")
    ordering = ["-id"]

    @admin.display(description=_("person"), ordering="registration__person__plain_last_name")
    def person(self, attendance: Attendance) -> str:
        """Return whose attendance it is."""
        return str(attendance.registration.person)

    @admin.display(description=_("how we know"))
    def known(self, attendance: Attendance) -> str:
        """Return every kind of evidence that it stands on."""
        return attendance.how_known


@admin.register(AttendanceCompletion)
class AttendanceCompletionAdmin(LookingDesk):
    """Of which meetings somebody said that attendance is complete."""

    task, place, list_name = "records", 30, _("Completed attendance")
    list_display = ["meeting", "network", "at", "by_name", "portal"]
    list_select_related = ["meeting__network"]
    list_filter = ["meeting__network__school_year"]
    search_fields = ["meeting__title", "meeting__network__title", "by_name"]
    search_help_text = _("Meeting, network or who said so")
    fields = ["meeting", "at", "by_name"]
    portal_column = False
    date_hierarchy = "at"
    ordering = ["-at", "-id"]

    def portal_page(self, obj: Any) -> str:
        """Return the attendance desk of the meeting."""
        return reverse("staff_meeting", args=[obj.meeting.uid])

    @admin.display(description=_("network"))
    def network(self, completion: AttendanceCompletion) -> str:
        """Return the network that it belongs to."""
        return str(completion.meeting.network or "")
