"""The lists that coordinators keep: what networks are about, and whom they are for."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Audience, Subject
from partners.admin.base import Desk
from stemnet.admin.cells import count


class ListedAdmin(Desk):
    """One list; a row that a network has is not deleted, but can leave the forms."""

    list_display = ["title", "code", "position", "how_many", "active"]
    search_fields = ["title", "code"]
    search_help_text = _("Title or code")
    ordering = ["position", "title"]
    prepopulated_fields = {"code": ["title"]}
    portal_column = False
    filtered_by = ""

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the networks of each."""
        return super().get_queryset(request).annotate(how_many=Count("networks"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep the code of a row that is there, for addresses carry it."""
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the code of a new row from its title."""
        return {} if obj else self.prepopulated_fields

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out deleting several at once."""
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it for what no network has."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.networks.exists())

    @admin.display(description=_("networks"), ordering="how_many")
    def how_many(self, row: Any) -> str:
        """Return how many networks have it."""
        address = reverse("admin:meetings_network_changelist")
        return count(row.how_many, f"{address}?{self.filtered_by}__id__exact={row.pk}")


@admin.register(Subject)
class SubjectAdmin(ListedAdmin):
    """What networks are about."""

    task, place, list_name = "setup", 22, _("Subjects of networks")
    filtered_by = "subjects"


@admin.register(Audience)
class AudienceAdmin(ListedAdmin):
    """Whom networks are for."""

    task, place, list_name = "setup", 24, _("Whom networks are for")
    filtered_by = "audiences"
