"""Needs and contributions: found, added, changed and withdrawn by the functions of the exchange."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from partners.admin.acts.exchanging import WithdrawRows
from partners.admin.base import Desk
from partners.exchange.domain import exchange
from partners.exchange.forms.exchange import day
from partners.models import Category, Contribution, GradeBand, Match, Need
from partners.people.forms.listed import listed_field
from partners.people.forms.standards_field import StandardsField
from partners.people.requests import person_or_403, portal_request
from stemnet.admin import portal
from stemnet.admin.cells import quiet, tag
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick
from stemnet.forms.fields import field_of

NEED = ["category", "detail", "priority", "wanted_by", "grade_bands", "subjects", "standards"]
GIFT = ["category", "detail", "quantity", "available_from", "available_until", "conditions", "public"]


class RowForm(forms.ModelForm[Any]):
    """A row of the exchange; the domain writes it and checks it whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            offered = Category.objects.filter(Q(active=True) | Q(pk=self.instance.category_id))
            field_of(self, "category", forms.ModelChoiceField).queryset = offered
        if "subjects" in self.fields:
            self.fields["subjects"] = listed_field("subjects", self.instance, by="pk")


class NeedForm(RowForm):
    """A need."""

    grade_bands = forms.MultipleChoiceField(
        label=gettext_lazy("Grades"),
        choices=GradeBand.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    standards = StandardsField()

    class Meta:
        model = Need
        fields = ["organization", *NEED]
        widgets = {"wanted_by": day(), "detail": forms.Textarea({"rows": 3})}


class GiftForm(RowForm):
    """A contribution."""

    class Meta:
        model = Contribution
        fields = ["organization", *GIFT]
        widgets = {
            "available_from": day(),
            "available_until": day(),
            "detail": forms.Textarea({"rows": 3}),
        }


class ExchangeRows(Desk):
    """A list of needs or of contributions."""

    task = "partners"
    acts = (WithdrawRows,)
    columns: list[str] = []
    portal_column = False
    list_select_related = ["organization", "category", "role"]
    list_filter = [("category", RowsFilter), "organization__sector", ("role", admin.EmptyFieldListFilter)]
    search_fields = ["organization__plain_name", "category__name", "detail"]
    search_help_text = gettext_lazy("Organization, category or detail")
    autocomplete_fields = ["organization"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the columns."""
        return ["organization", *self.columns, *(["written_at", "withdrawn_at"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep a row with its partner, and its days as they are."""
        return ["organization", "written_at", "withdrawn_at"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether a row may be changed: not one of the memorandum, nor a withdrawn one."""
        informal = obj is None or not (obj.role_id or obj.withdrawn_at)
        return super().has_change_permission(request, obj) and informal

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a row is withdrawn."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let the domain write it."""
        typed = {name: form.cleaned_data[name] for name in self.columns if name in form.cleaned_data}
        by, at = person_or_403(portal_request(request)), timezone.now()
        if change:
            self.written(change=True)(obj, by=by, at=at, **typed)
            return
        made = self.written(change=False)(organization=form.cleaned_data["organization"], at=at, **typed)
        obj.pk, obj._state.adding = made.pk, False

    def written(self, *, change: bool) -> Any:
        """Return the function of the domain that writes a row."""
        raise NotImplementedError

    def portal_page(self, obj: Any) -> str:
        """Return the page of what the partner needs and gives."""
        return portal.page("needs_of", obj.organization.slug)

    @admin.display(description=gettext_lazy("organization"), ordering="organization__plain_name")
    def partner(self, row: Any) -> str:
        """Return whose it is."""
        return str(row.organization)

    @admin.display(description=gettext_lazy("detail"))
    def said(self, row: Any) -> str:
        """Return the detail, shortened."""
        return Truncator(row.detail).chars(90) or quiet("–")

    @admin.display(description=gettext_lazy("committed"), ordering="role")
    def committed(self, row: Any) -> str:
        """Say whether the memorandum holds it, or that it was withdrawn."""
        if row.withdrawn_at:
            return tag(_("withdrawn"), "bad")
        return _("in the MOU") if row.role_id else quiet(_("informal"))


def _gap(at: Any) -> Q:
    return Q(pk__in=Need.objects.gaps().values("pk"))


@admin.register(Need)
class NeedAdmin(ExchangeRows):
    """What partners lack."""

    place = 20
    form = NeedForm
    columns = NEED
    quick = (
        Quick("open", gettext_lazy("Open"), lambda at: Q(withdrawn_at=None)),
        Quick(
            "gaps",
            gettext_lazy("Not met"),
            _gap,
            tag=ngettext_lazy("%(n)s not met", "%(n)s not met", "n"),
        ),
        Quick("withdrawn", gettext_lazy("Withdrawn"), lambda at: Q(withdrawn_at__isnull=False)),
    )
    list_display = ["partner", "category", "said", "priority", "wanted_by", "committed", "portal"]
    list_filter = [*ExchangeRows.list_filter, ("subjects", RowsFilter)]
    ordering = ["priority", "organization__plain_name", "pk"]

    def written(self, *, change: bool) -> Any:
        """Return the function that writes a need."""
        return exchange.change_need if change else exchange.write_need


def _unused(at: Any) -> Q:
    matched = Match.objects.filter(state__in=Match.CONFIRMED)
    return Q(withdrawn_at=None) & ~Q(pk__in=matched.values("contribution"))


@admin.register(Contribution)
class ContributionAdmin(ExchangeRows):
    """What partners give."""

    place = 30
    form = GiftForm
    columns = GIFT
    quick = (
        Quick("open", gettext_lazy("Open"), lambda at: Q(withdrawn_at=None)),
        Quick("unused", gettext_lazy("Not used"), _unused),
        Quick("withdrawn", gettext_lazy("Withdrawn"), lambda at: Q(withdrawn_at__isnull=False)),
    )
    list_display = ["partner", "category", "said", "quantity", "available_until", "committed", "portal"]
    ordering = ["organization__plain_name", "pk"]

    def written(self, *, change: bool) -> Any:
        """Return the function that writes a contribution."""
        return exchange.change_contribution if change else exchange.write_contribution
