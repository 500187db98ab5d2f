"""Accounts and second factors on the repair desk; no password and no secret is ever shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partners.admin.base import Desk
from partners.models import User
from partners.people.permissions import may_change_user


@admin.register(User)
class UserAdmin(Desk):
    """Logins: whether they are active, and the groups that make coordinators and staff."""

    task, place = "people", 50
    list_display = ["email", "person", "role_names", "is_active", "last_login"]
    list_select_related = ["person"]
    list_filter = ["is_active", "groups", "is_superuser"]
    search_fields = [
        "email",
        "person__plain_first_name",
        "person__plain_last_name",
        "person__emails__address",
    ]
    date_hierarchy = "date_joined"
    ordering = ["email"]
    fields = ["email", "person", "is_active", "groups", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["email", "person", "is_superuser", "last_login", "date_joined"]
    filter_horizontal = ["groups"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups of a page at once."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="groups")
    def role_names(self, user: User) -> str:
        """Name the groups."""
        return ", ".join(group.name for group in user.groups.all())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: logins are made by signing in, or on the page of a person."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether a login may be changed here: one with all rights only by its like."""
        return super().has_change_permission(request, obj) and may_change_user(obj, by=request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a login is switched off, never deleted."""
        return False


class AuthenticatorAdmin(Desk):
    """Second factors: a coordinator removes the one that somebody has lost; its secret is not shown."""

    task, place, list_name = "setup", 40, _("Two-step sign-in")
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    date_hierarchy = "created_at"
    fields = ["user", "type", "created_at", "last_used_at"]
    readonly_fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: everyone sets up their own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Lock every field."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether it may be removed: that of a login with all rights only by its like."""
        user = obj.user if obj else None
        return super().has_delete_permission(request, obj) and may_change_user(user, by=request.user)
