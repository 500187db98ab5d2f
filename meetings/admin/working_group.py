"""Working groups on the repair desk: those of networks, and those of the partnership."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, WorkingGroup
from meetings.planning.domain import counting
from meetings.planning.domain.setting_up import touch
from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.people.requests import person_or_403, portal_request


class GroupMeetingInline(ReadOnlyInline):
    """When it meets."""

    model = Meeting
    fields = ["on", "start_time", "end_time", "zone", "modality", "status"]


@admin.register(WorkingGroup)
class WorkingGroupAdmin(HistoryDesk):
    """Every working group with its lead."""

    task, place = "networks", 30
    list_display = ["title", "kind", "network", "lead", "places", "meets"]
    list_select_related = ["network", "lead"]
    list_filter = ["kind", "network__school_year", "same_topic"]
    search_fields = ["title", "network__title", "lead__plain_first_name", "lead__plain_last_name"]
    search_help_text = _("Topic, network or lead")
    autocomplete_fields = ["network", "lead"]
    inlines = [GroupMeetingInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Refuse: a group stays with its network."""
        return ["network"] if obj else []

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: WorkingGroup, form: Any, change: bool) -> None:
        """Let an open page of the network notice the change."""
        with counting.watched(obj.network, at=timezone.now()):
            super().save_model(request, obj, form, change)
        if obj.network:
            touch(obj.network, by=person_or_403(portal_request(request)), at=timezone.now(), save=True)
