"""What is edited below an organization in the admin: whom its part is asked through, needs, contributions.

Each row is written by the function that the portal's own page calls.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.admin.acts.reminding import status_tag
from partners.admin.partner_page import DAY, MOST_ROWS, key_of_page
from partners.exchange.domain import exchange
from partners.memorandum.domain import part_contacts
from partners.models import Category, Contribution, Match, Mou, MouRole, Need, Organization, Person, Stage
from stemnet.admin.cells import quiet, tag


class RowForm(forms.ModelForm[Any]):
    """A need or contribution: one of the memorandum is to be read, another can be changed or withdrawn."""

    withdraw = forms.BooleanField(label=gettext_lazy("Withdraw"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["withdraw"].widget.attrs["hidden"] = True
        elif self.instance.role_id:
            for field in self.fields.values():
                field.disabled = True


class PlainInline(admin.TabularInline[Any, Organization]):
    """Rows whose choices carry no buttons: what they name is changed in lists of its own."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return the field of a column, bare."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class ExchangeInline(PlainInline):
    """Rows of the exchange that stand, at most 30; the list has the others."""

    form = RowForm
    fk_name = "organization"
    extra = 0
    can_delete = False
    show_change_link = True
    readonly_fields = ["state"]
    formfield_overrides = {models.DateField: {"widget": DAY}}
    typed: list[str] = []
    matched_by = ""
    write: Any
    change: Any
    withdraw: Any

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Fetch the open ones with the state of their match."""
        rows = super().get_queryset(request).order_by("pk")
        mine = rows.filter(organization=key_of_page(request), withdrawn_at=None)
        live = Match.objects.live().filter(**{self.matched_by: OuterRef("pk")}).order_by("-pk")
        shown = rows.filter(pk__in=list(mine.values_list("pk", flat=True)[:MOST_ROWS]))
        found: QuerySet[Any] = shown.select_related("category", "role__mou", "organization").annotate(
            match_state=Subquery(live.values("state")[:1])
        )
        return found

    def has_add_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        """Return whether one can be added: to a partner, or to one that drafts its part."""
        partner = obj is not None and obj.stage in (Stage.PARTNER, Stage.DRAFTING)
        return partner and super().has_add_permission(request, obj)

    def get_formset(self, request: HttpRequest, obj: Organization | None = None, **kwargs: Any) -> Any:
        """Ask for the categories once for all rows."""
        formset = super().get_formset(request, obj, **kwargs)
        if "category" in formset.form.base_fields:
            formset.form.base_fields["detail"].widget = forms.Textarea(attrs={"rows": 2, "cols": 40})
            field: Any = formset.form.base_fields["category"]
            used = self.model._default_manager.filter(organization=obj, withdrawn_at=None)
            field.queryset = Category.objects.filter(Q(active=True) | Q(pk__in=used.values("category")))
            field.choices = list(field.choices)
        return formset

    @admin.display(description=gettext_lazy("state"))
    def state(self, row: Any) -> str:
        """Say where it is committed, and how far its match is."""
        where = (
            format_html('<a href="{}">{}</a> ', row.role.get_absolute_url(), _("in the MOU"))
            if row.role_id
            else ""
        )
        state = getattr(row, "match_state", None)
        if state is None:
            return format_html("{}{}", where, tag(_("no match"), "warn") if row.pk else quiet(_("new")))
        return format_html(
            "{}{}", where, tag(Match.State(state).label, "ok" if state in Match.CONFIRMED else "info")
        )

    @classmethod
    def write_rows(cls, organization: Organization, formset: Any, *, by: Person, at: datetime) -> None:
        """Add, change and withdraw what was typed. Raises ExchangeRefused."""
        for form in formset.forms:
            if not form.has_changed():
                continue
            typed = {name: form.cleaned_data[name] for name in cls.typed}
            if form.instance.pk is None:
                cls.write(organization=organization, at=at, **typed)
            elif form.cleaned_data["withdraw"]:
                cls.withdraw(form.instance, by=by, at=at)
            else:
                cls.change(form.instance, by=by, at=at, **typed)


class NeedInline(ExchangeInline):
    """What it lacks."""

    model = Need
    typed = ["category", "detail", "priority", "wanted_by"]
    fields = [*typed, "state", "withdraw"]
    matched_by = "need"
    write = staticmethod(exchange.write_need)
    change = staticmethod(exchange.change_need)
    withdraw = staticmethod(exchange.withdraw_need)


class ContributionInline(ExchangeInline):
    """What it gives."""

    model = Contribution
    typed = ["category", "detail", "quantity", "available_until"]
    fields = [*typed, "state", "withdraw"]
    matched_by = "contribution"
    write = staticmethod(exchange.write_contribution)
    change = staticmethod(exchange.change_contribution)
    withdraw = staticmethod(exchange.withdraw_contribution)


class PartContactsForm(forms.ModelForm[MouRole]):
    """Through whom a part is asked for, and until when."""

    class Meta:
        model = MouRole
        fields = ["lead_contact", "drafter", "due_on"]

    def clean(self) -> dict[str, Any]:
        """Want somebody who writes it; without a lead contact it is them."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("drafter") is None:
            self.add_error("drafter", _("Choose who writes it."))
        cleaned["lead_contact"] = cleaned.get("lead_contact") or cleaned.get("drafter")
        return cleaned


class PartInline(PlainInline):
    """Its parts of the memorandum that stand: contacts and due day. Whom a change names gets the letter."""

    model = MouRole
    form = PartContactsForm
    extra = 0
    can_delete = False
    show_change_link = True
    fields = ["status_now", "lead_contact", "drafter", "due_on"]
    readonly_fields = ["status_now"]
    autocomplete_fields = ["lead_contact", "drafter"]
    formfield_overrides = {models.DateField: {"widget": DAY}}
    verbose_name_plural = gettext_lazy("whom its part is asked through")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MouRole]:
        """Fetch the parts of memoranda of now."""
        rows = super().get_queryset(request).filter(organization=key_of_page(request))
        now = MouRole.objects.standing().exclude(mou__status=Mou.Status.ENDED)
        return rows.filter(pk__in=now.values("pk")).select_related(
            "mou", "organization", "lead_contact", "drafter"
        )

    def has_add_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        """Refuse: a part is asked for, by its act."""
        return False

    @admin.display(description=gettext_lazy("status"))
    def status_now(self, role: MouRole) -> str:
        """Return how far it is."""
        return format_html("{} {}", role.mou, status_tag(role))

    @classmethod
    def write_rows(cls, organization: Organization, formset: Any, *, by: Person, at: datetime) -> None:
        """Name others and write to them."""
        for role, _changed in formset.changed_objects:
            part_contacts.change_part_contacts(
                role,
                drafter=role.drafter,
                lead_contact=role.lead_contact,
                due_on=role.due_on,
                model_title=role.model_title,
                by=by,
                at=at,
            )
