"""Accounts and second factors on the repair desk; no password and no secret is ever shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partners.admin.base import Desk
from partners.models import COORDINATOR, STAFF, TASK, User
from partners.people.domain import appointing
from partners.people.permissions import may_change_user
from stemnet.admin_site import TASKS

ROLES = [
    (COORDINATOR, _("Coordinator: can do everything")),
    (STAFF, _("Staff: works on every network in the portal")),
    *(
        (f"{TASK}{one.key}", format_lazy(_("Staff with a task here: {task}"), task=one.label))
        for one in TASKS
    ),
]


class UserForm(forms.ModelForm[User]):
    """Whether a login works, and what it may do."""

    roles = forms.MultipleChoiceField(
        label=_("May do"),
        choices=ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A task lets staff into the admin, where they see only what belongs to it."),
    )

    class Meta:
        model = User
        fields = ["is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["roles"] = [group.name for group in self.instance.groups.all()]

    def clean_roles(self) -> list[str]:
        """Refuse a task for somebody who is not on staff."""
        roles: list[str] = self.cleaned_data["roles"]
        if STAFF not in roles and any(role.startswith(TASK) for role in roles):
            raise forms.ValidationError(_("Only staff can have a task here. Check “Staff”, too."))
        return roles


@admin.register(User)
class UserAdmin(Desk):
    """Logins: whether they are active, and the groups that make coordinators and staff."""

    task, place, delegable = "people", 50, False
    form = UserForm
    list_display = ["email", "person", "role_names", "is_active", "last_login"]
    list_select_related = ["person"]
    list_filter = ["is_active", "groups", "is_superuser"]
    search_fields = [
        "email",
        "person__plain_first_name",
        "person__plain_last_name",
        "person__emails__address",
    ]
    search_help_text = _("Name or e-mail address")
    date_hierarchy = "date_joined"
    ordering = ["email"]
    fields = ["email", "person", "is_active", "roles", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["email", "person", "is_superuser", "last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups of a page at once."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="groups")
    def role_names(self, user: User) -> str:
        """Name the groups, tasks as they are called."""
        known = {f"{TASK}{task.key}": str(task.short) for task in TASKS}
        return ", ".join(known.get(group.name, group.name) for group in user.groups.all())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let the domain write what the login may do."""
        super().save_related(request, form, formsets, change)
        among = [name for name, _label in ROLES]
        appointing.set_groups(form.instance, groups=form.cleaned_data["roles"], among=among)

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
    delegable = False
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    search_help_text = _("E-mail address")
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
