"""Networks on the repair desk; setting one up is done on its own page."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings.models import Appointment, CoHost, Commitment, Meeting, Network, WorkingGroup
from meetings.planning.domain import counting, publishing
from meetings.planning.domain.setting_up import touch
from meetings.planning.exceptions import MeetingsRefused
from partners.admin.base import HistoryDesk, ReadOnlyInline
from partners.people.requests import person_or_403, portal_request

WRITTEN_ELSEWHERE = ["slug", "status", "published_at", "zone", "cloned_from", "edition", "edited_by_name"]
WRITTEN_ELSEWHERE += ["credit_code"]  # changed where one sees who gains or loses by it


class CoHostInline(admin.TabularInline[CoHost, Network]):
    """Organizations that hold it with the partnership."""

    model = CoHost
    extra = 0
    autocomplete_fields = ["organization"]


class AppointmentInline(admin.TabularInline[Appointment, Network]):
    """People who work for this network only."""

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
    fields = ["title", "kind", "lead", "places", "meets"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the leads at once."""
        return super().get_queryset(request).select_related("lead")


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


@admin.register(Network)
class NetworkAdmin(HistoryDesk):
    """Every network; status and dates change through the domain only."""

    task, place = "networks", 10
    list_display = ["title", "school_year", "status", "kind", "subject", "audience", "seats", "published_at"]
    list_filter = [
        "status",
        "school_year",
        "kind",
        "subject",
        "audience",
        ("credit_code", admin.EmptyFieldListFilter),
    ]
    search_fields = ["title", "slug", "school_year", "pdp_topic"]
    search_help_text = _("Title, address, school year or topic")
    date_hierarchy = "published_at"
    list_select_related = ["provider"]
    autocomplete_fields = ["provider"]
    readonly_fields = [*WRITTEN_ELSEWHERE, "page"]
    inlines = [CoHostInline, AppointmentInline, MeetingInline, GroupInline, CommitmentInline]
    actions = ["publish"]
    save_on_top = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a network is begun on its own page, with its dates."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it for a draft that was never published."""
        return obj is None or obj.published_at is None

    @admin.display(description=_("page"))
    def page(self, network: Network) -> str:
        """Return where it is set up."""
        return format_html(
            '<a href="{}">{}</a>', reverse("network_edit", args=[network.slug]), _("Set up on its own page")
        )

    @admin.action(description=_("Publish the selected drafts"))
    def publish(self, request: HttpRequest, queryset: QuerySet[Network]) -> None:
        """Publish drafts, and say of each that is not ready what is missing."""
        done = 0
        for network in queryset:
            try:
                publishing.publish_network(
                    network, by=person_or_403(portal_request(request)), at=timezone.now()
                )
            except MeetingsRefused as refusal:
                lacks = " ".join(getattr(refusal, "missing", {}).values())
                self.message_user(request, f"{network}: {lacks or refusal}", messages.ERROR)
            else:
                done += 1
        text = ngettext("%(number)s network is published.", "%(number)s networks are published.", done)
        self.message_user(request, text % {"number": done})

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Network, form: Any, change: bool) -> None:
        """Let an open page of the network notice the change."""
        touch(obj, by=person_or_403(portal_request(request)), at=timezone.now())
        with counting.watched(obj, at=timezone.now()):
            super().save_model(request, obj, form, change)


@admin.register(Appointment)
class AppointmentAdmin(HistoryDesk):
    """Who works for one network only; who works for all is in a group of their login."""

    task, place = "networks", 50
    list_display = ["person", "network", "role"]
    list_select_related = ["person", "network"]
    list_filter = ["role", "network__school_year"]
    search_fields = [
        "person__plain_first_name",
        "person__plain_last_name",
        "person__emails__address",
        "network__title",
    ]
    search_help_text = _("Person, e-mail address or network")
    autocomplete_fields = ["person", "network"]
