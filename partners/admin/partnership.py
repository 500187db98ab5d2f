"""The partnership itself, providers, and who does not want which mail."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from partners.admin.base import Desk, HistoryDesk
from partners.models import Partnership, Preference, Provider


@admin.register(Partnership)
class PartnershipAdmin(Desk):
    """One row: the list leads straight to it."""

    task, place, list_name = "setup", 10, _("The partnership")
    autocomplete_fields = ["host", "lead_organizations"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Open the one row, or the page that makes it."""
        known = Partnership.objects.values_list("pk", flat=True).first()
        if known is None:
            return redirect("admin:partners_partnership_add")
        return redirect("admin:partners_partnership_change", known)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Allow it only as long as there is none."""
        return not Partnership.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: it stays."""
        return False


@admin.register(Provider)
class ProviderAdmin(HistoryDesk):
    """Bodies that may award credit, as on the registry."""

    task, place = "setup", 30
    list_display = ["name", "number", "jurisdiction", "valid_from", "valid_to"]
    list_filter = ["jurisdiction"]
    search_fields = ["name", "number"]
    search_help_text = _("Name or number on the registry")


@admin.register(Preference)
class PreferenceAdmin(Desk):
    """Mail that somebody does not want; deleting a row sends it again."""

    task, place, list_name = "mail", 30, _("E-mail that people turned off")
    list_display = ["person", "topic", "muted_at"]
    list_select_related = ["person"]
    list_filter = ["topic"]
    search_fields = ["person__plain_first_name", "person__plain_last_name", "person__emails__address"]
    search_help_text = _("Name or e-mail address")
    date_hierarchy = "muted_at"
    autocomplete_fields = ["person"]
