"""Below an organization in the admin: who is registered through it; the group can be changed in the row."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.db.models import Prefetch, QuerySet
from django.forms import modelformset_factory
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import WorkingGroup
from partners.admin.partner_list import short_day
from partners.admin.partner_page import MOST_ROWS, key_of_page
from partners.models import Organization, Person, local_day
from registrations.admin.acts.seating import status_tag
from registrations.models import GroupMembership, Registration
from registrations.seats.domain import correcting
from registrations.seats.exports import group_name
from registrations.seats.pages import registered
from stemnet.admin.cells import portal_link, quiet
from stemnet.admin.checked import CountedRows
from stemnet.forms.fields import field_of


class GroupRow(forms.ModelForm[Registration]):
    """Somebody's working group; nothing else is changed in the row."""

    group = forms.ChoiceField(label=gettext_lazy("group"), required=False, show_hidden_initial=True)

    class Meta:
        model = Registration
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, groups: list[WorkingGroup] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network = self.instance.network_id
        choices = [(str(one.pk), one.title) for one in groups or [] if one.network_id == network]
        field = field_of(self, "group", forms.ChoiceField)
        field.choices = [("", _("No working group") if choices else _("None to choose")), *choices]
        field.disabled = not choices
        current = list(self.instance.group_memberships.all()) if self.instance.pk else []
        self.initial["group"] = str(current[0].working_group_id) if current else ""

    def clean(self) -> dict[str, Any]:
        """Refuse to change a row that is no longer the one that was shown there."""
        typed = super().clean() or self.cleaned_data
        if self.has_changed() and typed.get("id") != self.instance:
            raise forms.ValidationError(
                _("Somebody registered while you had this open. Look at the rows, and save again.")
            )
        return typed

    @property
    def was(self) -> int | None:
        """Return the group that stood in the row when the page was opened."""
        sent = self.data.get(self["group"].html_initial_name, "")
        return int(sent) if sent.isdecimal() else None


class RegisteredRows(CountedRows):
    """The rows of one organization, which a registration names by its position."""

    def __init__(self, *args: Any, instance: Any = None, save_as_new: bool = False, **kwargs: Any) -> None:
        self.instance = instance
        super().__init__(*args, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        """Return what the fields' names begin with."""
        return "registrations"

    @cached_property
    def groups(self) -> list[WorkingGroup]:
        """Return the groups of all networks in the rows; one query."""
        networks = {row.network_id for row in self.get_queryset() if row.is_live}
        return list(WorkingGroup.objects.filter(network__in=networks).order_by("title", "pk"))

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Give each row the groups to choose from."""
        return {**super().get_form_kwargs(index), "groups": self.groups}


class ThroughChecks(InlineModelAdminChecks):
    """Django's checks without those of a foreign key: the position stands between."""

    def _check_relation(self, obj: Any, parent_model: Any) -> list[Any]:
        return []

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list[Any]:
        return []


class RegisteredInline(admin.TabularInline[Registration, Organization]):
    """The newest live registrations through an organization or a part of it."""

    model = Registration
    form = GroupRow
    formset: Any = RegisteredRows
    checks_class = ThroughChecks
    delegable = False  # the list of registrations belongs to another task
    extra = 0
    can_delete = False
    fields = ["who", "network_name", "status_now", "since", "group", "portal"]
    readonly_fields = ["who", "network_name", "status_now", "since", "portal"]
    verbose_name_plural = gettext_lazy("registrations")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Registration]:
        """Fetch the newest with what the columns say."""
        newest = registered(Organization(pk=key_of_page(request))).order_by("-pk")
        memberships = GroupMembership.objects.current().select_related("working_group")
        rows = (
            super().get_queryset(request).filter(pk__in=list(newest.values_list("pk", flat=True)[:MOST_ROWS]))
        )
        return (
            rows.select_related("person", "network", "position")
            .prefetch_related(Prefetch("group_memberships", queryset=memberships))
            .order_by("-pk")
        )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return rows without a foreign key to the organization."""
        return modelformset_factory(Registration, form=self.form, formset=self.formset, extra=0)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: people register themselves."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show them to whoever may see the organization here."""
        return True

    @admin.display(description=gettext_lazy("person"))
    def who(self, registration: Registration) -> str:
        """Lead to the registration."""
        url = reverse("admin:registrations_registration_change", args=[registration.pk])
        return format_html('<a href="{}">{}</a>', url, registration.person.sorted_name)

    @admin.display(description=gettext_lazy("network"))
    def network_name(self, registration: Registration) -> str:
        """Return the network with its year."""
        return str(registration.network)

    @admin.display(description=gettext_lazy("status"))
    def status_now(self, registration: Registration) -> str:
        """Return the status."""
        return status_tag(registration)

    @admin.display(description=gettext_lazy("since"))
    def since(self, registration: Registration) -> str:
        """Return the day of registering."""
        day = short_day(local_day(registration.requested_at, registration.network.zone))
        return format_html('<span class="nowrap">{}</span>', day)

    @admin.display(description=gettext_lazy("portal"))
    def portal(self, registration: Registration) -> str:
        """Lead to the portal's page of the person in the network."""
        url = reverse("staff_person", args=[registration.network.slug, registration.uid])
        return portal_link(url, registration)

    @admin.display(description=gettext_lazy("group"))
    def group(self, registration: Registration) -> str:
        """Return the working group, for those who only look."""
        return group_name(registration) or quiet("–")

    @classmethod
    def write_rows(cls, organization: Organization, formset: Any, *, by: Person, at: datetime) -> None:
        """Move people to the chosen groups. Raises RegistrationRefused."""
        for form in formset.initial_forms:
            if not form.has_changed():
                continue
            chosen = form.cleaned_data["group"]
            group = next((one for one in formset.groups if str(one.pk) == chosen), None)
            correcting.move_to_group(form.instance, group, was=form.was, by=by, at=at)
