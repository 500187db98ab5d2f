"""Working groups on the repair desk: those of networks, and those of the partnership."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Deliverable, GroupLead, Meeting, WorkingGroup
from meetings.planning.domain import counting
from meetings.planning.domain.setting_up import touch
from meetings.planning.forms.rule_choices import every_category
from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.people.requests import person_or_403, portal_request

CURRENT_LEADS = Prefetch("leads", GroupLead.objects.current().select_related("person"))
LEADS_SEARCHED = ["leads__person__plain_first_name", "leads__person__plain_last_name"]
NO_LEAD = ~Exists(GroupLead.objects.current().filter(working_group=OuterRef("pk")))


class LeadInline(admin.TabularInline[GroupLead, WorkingGroup]):
    """Who leads it, and who did."""

    model = GroupLead
    extra = 0
    autocomplete_fields = ["person"]


class DeliverableInline(ReadOnlyInline):
    """What it makes."""

    model = Deliverable
    fields = ["title", "state", "due_on", "owner"]


class GroupMeetingInline(ReadOnlyInline):
    """When it meets."""

    model = Meeting
    fields = ["on", "start_time", "end_time", "zone", "modality", "status"]


class GroupForm(forms.ModelForm[WorkingGroup]):
    """A group, whose hours can have a category of any rule."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            self.fields["category"] = every_category(self.instance.category)


@admin.register(WorkingGroup)
class WorkingGroupAdmin(HistoryDesk):
    """Every working group with its lead."""

    task, place = "networks", 30
    list_display = ["title", "kind", "network", "led_by", "places", "meets"]
    list_select_related = ["network"]
    list_filter = ["kind", "network__school_year", "joining", "same_topic"]
    search_fields = ["title", "network__title", *LEADS_SEARCHED]
    search_help_text = _("Topic, network or lead")
    autocomplete_fields = ["network"]
    form = GroupForm
    inlines = [LeadInline, DeliverableInline, GroupMeetingInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the leads at once."""
        return super().get_queryset(request).prefetch_related(CURRENT_LEADS)

    @admin.display(description=_("leads"))
    def led_by(self, group: WorkingGroup) -> str:
        """Return who leads it now."""
        return ", ".join(str(lead.person) for lead in group.leads.all())

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
