"""What every page of the repair desk shares."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from stemnet.admin.lists import ListAdmin
from stemnet.admin.searching import search


class Desk(ListAdmin):
    """A list that stays quick at 20,000 rows: one count, 50 rows a page."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find names by their plain form, as every page does; ``search_fields`` name the plain columns."""
        columns = list(self.get_search_fields(request))
        if not any(name.rpartition("__")[2].startswith("plain_") for name in columns):
            return super().get_search_results(request, queryset, search_term)
        return (search(queryset, search_term, columns) if search_term.strip() else queryset), False


class SeenHistory(SimpleHistoryAdmin):
    """History to look at: an old row written back whole would undo what the domain did since."""

    history_list_per_page = 50

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show an old row; simple-history itself lets whoever may look at it write it back."""
        if request.method == "POST":
            raise PermissionDenied
        shown: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return shown

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """Offer no button that would."""
        return True


class HistoryDesk(Desk, SeenHistory):
    """A desk that shows who changed what."""


class ReadOnlyInline(admin.TabularInline[Any, Any]):
    """Rows to look at and to follow, not to change here."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """Refuse: nothing is added here."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Refuse: nothing is changed here."""
        return False


class ReadOnlyDesk(Desk):
    """Rows to look at and to find: nothing is added, changed or deleted here."""

    def has_add_permission(self, request: Any) -> bool:
        """Refuse: nothing is added here."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Refuse: nothing is changed here."""
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Refuse: nothing is deleted here."""
        return False
