"""What meetings leave behind, to look at and to find; it is written on the pages of the portal."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings.models import ActionItem, ActionItemChange, Minutes, MinutesEdit
from partners.admin.base import ReadOnlyDesk, ReadOnlyInline
from partners.models import local_day
from stemnet.admin import portal
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick

OPEN = Q(state=ActionItem.State.OPEN, part_of=None)


class StepInline(ReadOnlyInline):
    """Who gave, closed or opened it, and when."""

    model = ActionItemChange
    fields = ["at", "to_status", "by_name", "reason"]


@admin.register(ActionItem)
class ActionItemAdmin(ReadOnlyDesk):
    """Every action item; each of homework counts for its owner."""

    task, place, adds_at = "networks", 22, "action_item_new"
    quick = (
        Quick("open", _("Open"), lambda at: OPEN),
        Quick(
            "overdue",
            _("Overdue"),
            lambda at: OPEN & Q(due_on__lt=local_day(at)),
            tag=ngettext_lazy("%(n)s overdue", "%(n)s overdue", "n"),
        ),
        Quick("homework", _("Homework"), lambda at: Q(is_homework=True)),
    )
    list_display = ["text", "owner", "due_on", "state", "source"]
    list_filter = ["state", ("network", RowsFilter), "due_on"]
    list_select_related = ["person", "organization", "meeting", "network", "working_group"]
    search_fields = ["person__plain_first_name", "person__plain_last_name", "organization__plain_name"]
    search_help_text = _("Person or organization")
    ordering = ["due_on", "pk"]
    inlines = [StepInline]

    @admin.display(description=_("owner"))
    def owner(self, item: ActionItem) -> str:
        """Return who does it."""
        return str(item.owner or _("many"))

    @admin.display(description=_("from"))
    def source(self, item: ActionItem) -> str:
        """Return the meeting, group or network that it comes from."""
        return str(item.source or "")


class VersionInline(ReadOnlyInline):
    """Who saved them, and when."""

    model = MinutesEdit
    fields = ["revision", "at", "by_name"]
    show_change_link = False


@admin.register(Minutes)
class MinutesAdmin(ReadOnlyDesk):
    """The minutes and decisions of every meeting."""

    task, place, list_name = "networks", 26, _("Minutes and decisions")
    list_display = ["meeting", "revision", "saved_at", "saved_by_name", "published_at", "public", "portal"]
    portal_column = False
    quick = (Quick("draft", _("Not published"), lambda at: Q(published_at=None)),)
    list_select_related = ["meeting"]
    search_fields = ["meeting__title", "text", "decisions"]
    search_help_text = _("Meeting or words")
    ordering = ["-saved_at", "-pk"]
    inlines = [VersionInline]

    def portal_page(self, obj: Any) -> str:
        """Return the page of the meeting."""
        return portal.page("meeting", obj.meeting.uid)
