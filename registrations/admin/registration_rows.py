"""The rows below the form of a registration: to look at."""

from typing import Any

from django.http import HttpRequest

from partners.admin.base import ReadOnlyInline
from registrations.models import (
    Acceptance,
    Attendance,
    GroupMembership,
    Offer,
    PlannedAbsence,
    RegistrationChange,
)


class ChangeInline(ReadOnlyInline):
    """Its statuses so far."""

    model = RegistrationChange
    fields = ["at", "from_status", "to_status", "by_name", "reason"]


class OfferInline(ReadOnlyInline):
    """The seats that they were offered from the waitlist."""

    model = Offer
    fields = ["made_at", "until", "reminded_at", "ended_at", "outcome"]


class AcceptanceInline(ReadOnlyInline):
    """What was promised, in which wording."""

    model = Acceptance
    fields = ["version", "accepted_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the wordings at once."""
        return super().get_queryset(request).select_related("version")


class MembershipInline(ReadOnlyInline):
    """Working groups, left ones included."""

    model = GroupMembership
    fields = ["working_group", "joined_at", "left_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups at once."""
        return super().get_queryset(request).select_related("working_group", "registration__person")


class AbsenceInline(ReadOnlyInline):
    """Meetings that the person said beforehand to miss."""

    model = PlannedAbsence
    fields = ["meeting", "said_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the meetings at once."""
        together = ("meeting", "registration__person", "registration__network")
        return super().get_queryset(request).select_related(*together)


class AttendanceInline(ReadOnlyInline):
    """What counts, meeting by meeting."""

    model = Attendance
    fields = ["meeting", "status", "minutes_scheduled", "minutes_attended", "minutes_counted", "source"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the meetings at once."""
        return super().get_queryset(request).select_related("meeting")


INLINES: list[Any] = [
    ChangeInline,
    OfferInline,
    AcceptanceInline,
    MembershipInline,
    AbsenceInline,
    AttendanceInline,
]
