"""Who asked to join which group, and what became of it."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import GroupRequest
from partners.admin.base import ReadOnlyDesk
from stemnet.admin import portal
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick


@admin.register(GroupRequest)
class GroupRequestAdmin(ReadOnlyDesk):
    """Requests to join groups, to look at; a lead answers on the page of the group."""

    task, place, list_name = "networks", 36, _("Requests to join groups")
    quick = (
        Quick("waiting", _("Waiting"), lambda at: Q(answer="")),
        Quick("answered", _("Answered"), lambda at: ~Q(answer="")),
    )
    portal_column = False
    list_display = ["person", "group", "asked_at", "answer", "answered_at", "portal"]
    list_filter = [("group", RowsFilter), "answer"]
    list_select_related = ["person", "group"]
    search_fields = ["person__plain_first_name", "person__plain_last_name", "group__title"]
    search_help_text = _("Person or group")

    def portal_page(self, obj: Any) -> str:
        """Return the page of the group."""
        return portal.page("group", obj.group.uid)
