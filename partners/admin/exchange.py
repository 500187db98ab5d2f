"""Needs and contributions: their categories, and the rows to look at."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from partners.admin.base import Desk
from partners.exchange.domain import categories
from partners.exchange.exceptions import ExchangeRefused
from partners.models import Category


@admin.register(Category)
class CategoryAdmin(Desk):
    """What partners need and give; one that is used leaves the forms instead of being deleted."""

    task, place, list_name = "setup", 20, _("Categories of needs")
    add_label = _("Category")
    list_display = ["name", "code", "position", "active"]
    search_fields = ["name", "code"]
    search_help_text = _("Name or code")
    ordering = ["position", "name"]
    prepopulated_fields = {"code": ["name"]}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Refuse: categories are deleted one by one, by the domain."""
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Say why one that is used stays."""
        category = self.get_object(request, object_id)
        try:
            if category is not None:
                categories.check_unused(category)
        except ExchangeRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect("admin:partners_category_change", object_id)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Category) -> None:
        """Let the domain delete it."""
        categories.delete(obj)
