"""Meetings on the repair desk; what people are told of changes on pages that tell them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Break, Meeting, MeetingChange
from meetings.planning.domain import breaks, counting
from meetings.planning.domain.setting_up import touch
from meetings.planning.exceptions import MeetingsRefused
from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.people.requests import person_or_403, portal_request

TOLD = ["network", "working_group", "on", "start_time", "end_time", "zone", "starts_at", "ends_at"]
TOLD += ["modality", "venue", "address", "room", "join_url", "status", "moved_online", "rescheduled"]


class BreakFormSet(forms.BaseInlineFormSet[Break, Meeting, Any]):
    """The breaks of one meeting, checked together."""

    def clean(self) -> None:
        """Refuse a break outside the meeting, and two at once."""
        super().clean()
        if any(self.errors):
            return
        kept = [form.instance for form in self.forms if form.has_changed() or form.instance.pk]
        try:
            breaks.check(one for one in kept if one not in self.deleted())
        except MeetingsRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def deleted(self) -> list[Break]:
        """Return the breaks that are to go."""
        return [form.instance for form in self.deleted_forms]


class BreakInline(admin.TabularInline[Break, Meeting]):
    """When it pauses; of a meeting that was held, people's hours follow."""

    model = Break
    formset = BreakFormSet
    fields = ["start_time", "minutes"]
    extra = 0


class ChangeInline(ReadOnlyInline):
    """What people were told."""

    model = MeetingChange
    fields = ["at", "what", "by_name", "reason", "before", "after"]


@admin.register(Meeting)
class MeetingAdmin(HistoryDesk):
    """Every meeting; its title, host and breaks may be mended here."""

    task, place = "networks", 20
    list_display = ["title", "network", "working_group", "on", "start_time", "zone", "modality", "status"]
    list_select_related = ["network", "working_group"]
    list_filter = ["status", "modality", "network__school_year", "counts"]
    search_fields = ["title", "network__title", "working_group__title", "venue"]
    search_help_text = _("Title, network, working group or place")
    date_hierarchy = "on"
    ordering = ["-starts_at", "-id"]
    autocomplete_fields = ["host"]
    inlines = [BreakInline, ChangeInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Lock whether hours count once a meeting has begun, as people were promised."""
        begun = obj is not None and obj.starts_at <= timezone.now()
        return [*TOLD, "sequence", "changed_at", *(["counts"] if begun else [])]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: meetings are planned on the page of their network."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse but for a draft's: meetings are cancelled, so that people are told."""
        return obj is None or bool(obj.network and obj.network.published_at is None)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        """Let an open page of the network notice the change."""
        with counting.watched(obj.network, at=timezone.now()):
            super().save_model(request, obj, form, change)
        if obj.network:
            touch(obj.network, by=person_or_403(portal_request(request)), at=timezone.now(), save=True)

    @transaction.atomic
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let people's hours follow other breaks."""
        with counting.watched(form.instance.network, at=timezone.now()):
            super().save_related(request, form, formsets, change)
