"""The lists that coordinators keep: subjects, audiences, and standards by their codes."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partners.admin.base import Desk
from partners.models import Audience, Framework, Standard, Subject
from partners.people.domain import standards
from stemnet.admin.filters import RowsFilter, ValuesFilter
from stemnet.code_search import pieces


def is_used(row: Any) -> bool:
    """Return whether any row of any app names this one."""
    names = [one.get_accessor_name() for one in row._meta.related_objects]
    return any(getattr(row, name).exists() for name in names)


class KeptRows(Desk):
    """Rows that others choose; one that is used is not deleted, but can leave the forms."""

    portal_column = False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Leave out deleting several at once."""
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it for what nothing has."""
        return super().has_delete_permission(request, obj) and (obj is None or not is_used(obj))


class ListedAdmin(KeptRows):
    """One list; a row's code stays, for addresses carry it."""

    list_display = ["title", "code", "position", "active"]
    search_fields = ["title", "code"]
    search_help_text = _("Title or code")
    ordering = ["position", "title"]
    prepopulated_fields = {"code": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep the code of a row that is there."""
        return ["code"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the code of a new row from its title."""
        return {} if obj else self.prepopulated_fields


@admin.register(Subject)
class SubjectAdmin(ListedAdmin):
    """What things are about."""

    task, place, list_name = "setup", 22, _("Subjects")


@admin.register(Audience)
class AudienceAdmin(ListedAdmin):
    """Whom networks are for."""

    task, place, list_name = "setup", 24, _("Whom networks are for")


@admin.register(Standard)
class StandardAdmin(KeptRows):
    """Standards by their codes; a code that is changed stays as a former one."""

    task, place, list_name = "setup", 26, _("Standards")
    list_display = ["code", "text", "strand", "framework", "active"]
    list_filter = [("framework", RowsFilter), ("subject", RowsFilter), ("strand", ValuesFilter)]
    list_select_related = ["framework"]
    search_fields = ["searched_code", "text"]
    search_help_text = _("Any part of a code")
    ordering = ["framework", "position", "code"]
    fields = ["code", "text", "strand", "subject", "framework"]
    fields += ["former_codes", "replaced_by", "position", "active"]
    autocomplete_fields = ["replaced_by"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find a standard by any part of a code, also of a former one."""
        for piece in pieces(search_term):
            queryset = queryset.filter(pk__in=Standard.objects.with_part(piece).values("pk"))
        return queryset, False

    def save_model(self, request: HttpRequest, obj: Standard, form: Any, change: bool) -> None:
        """Let the domain keep the code that it had."""
        standards.save_standard(obj)


@admin.register(Framework)
class FrameworkAdmin(KeptRows):
    """The documents in which standards stand."""

    task, place, list_name = "setup", 28, _("Frameworks of standards")
    list_display = ["title", "year", "code", "source"]
    search_fields = ["title", "code"]
    search_help_text = _("Title or code")
    ordering = ["-year", "title"]
