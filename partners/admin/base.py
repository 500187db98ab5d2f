"""What every page of the repair desk shares."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from simple_history.admin import SimpleHistoryAdmin

if TYPE_CHECKING:
    PlainAdmin = admin.ModelAdmin[Any]
    PlainInline = admin.TabularInline[Any, Any]
else:
    PlainAdmin = admin.ModelAdmin
    PlainInline = admin.TabularInline


class Desk(PlainAdmin):
    """A list that stays quick at 20,000 rows: one count, 50 rows a page."""

    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class HistoryDesk(Desk, SimpleHistoryAdmin):
    """A desk that shows who changed what."""

    history_list_per_page = 50


class ReadOnlyInline(PlainInline):
    """Rows to look at and to follow, not to change here."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False
