"""The rows below the form of a network; meetings, groups and commitments are to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings.admin.working_group import CURRENT_LEADS
from meetings.models import Appointment, CoHost, Commitment, Meeting, Network, WorkingGroup
from partners.admin.base import ReadOnlyInline


class CoHostInline(admin.TabularInline[CoHost, Network]):
    """Organizations that hold it with the partnership."""

    model = CoHost
    extra = 0
    autocomplete_fields = ["organization"]


class AppointmentInline(admin.TabularInline[Appointment, Network]):
    """People who work for this network only."""

    delegable = False  # who gives rights has them

    model = Appointment
    extra = 0
    autocomplete_fields = ["person"]


class MeetingInline(ReadOnlyInline):
    """Its meetings and those of its groups."""

    model = Meeting
    fields = ["title", "working_group", "on", "start_time", "end_time", "zone", "modality", "status"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups at once."""
        return super().get_queryset(request).select_related("working_group")


class GroupInline(ReadOnlyInline):
    """Its working groups."""

    model = WorkingGroup
    fields = ["title", "kind", "led_by", "places", "meets"]
    readonly_fields = ["led_by"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the leads at once."""
        return super().get_queryset(request).prefetch_related(CURRENT_LEADS)

    @admin.display(description=_("leads"))
    def led_by(self, group: WorkingGroup) -> str:
        """Return who leads it."""
        return ", ".join(str(lead.person) for lead in group.leads.all())


class CommitmentInline(ReadOnlyInline):
    """Its commitments in their newest wording."""

    model = Commitment
    fields = ["wording", "required", "position"]
    readonly_fields = ["wording"]

    @admin.display(description=_("wording"))
    def wording(self, commitment: Commitment) -> str:
        """Return the newest text."""
        return str(commitment)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the wordings at once."""
        return super().get_queryset(request).prefetch_related("versions")


INLINES: list[Any] = [CoHostInline, AppointmentInline, MeetingInline, GroupInline, CommitmentInline]
