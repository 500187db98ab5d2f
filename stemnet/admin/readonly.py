"""Rows that people may read but that only the domain writes."""

from typing import Any

from django.http import HttpRequest

from stemnet.admin.lists import ListAdmin


class ReadOnlyAdmin(ListAdmin):
    """An admin without adding, changing or deleting."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: the domain makes these rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: the domain writes these rows."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: these rows go by retention."""
        return False
