"""What is sent to the admin and was never offered there: keys that are none, and rows by the thousand."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db.models import ForeignKey, ManyToManyField, Model
from django.forms import BaseForm, BaseInlineFormSet, BaseModelFormSet
from django.http import HttpRequest, HttpResponse, QueryDict

from stemnet import jobs
from stemnet.admin.as_shown import AsShownForm
from stemnet.exceptions import Refused

MOST_NEW_ROWS = 100
LARGEST_KEY = 2**63 - 1


class CountedRows(BaseModelFormSet[Any, Any]):
    """Rows below a form: those that are there, and as many new ones as somebody types."""

    def total_form_count(self) -> int:
        """Count the rows. Raises BadRequest for more than anybody types."""
        total = super().total_form_count()
        if self.is_bound and total > len(self.get_queryset()) + MOST_NEW_ROWS:
            raise BadRequest("Too many rows.")
        return total

    def initial_form_count(self) -> int:
        """Count the rows that were there. Raises BadRequest for more than there are."""
        initial = super().initial_form_count()
        if self.is_bound and initial > len(self.get_queryset()) + MOST_NEW_ROWS:
            raise BadRequest("Too many rows.")
        return initial


class CheckedRows(CountedRows, BaseInlineFormSet[Any, Any, Any]):
    """The same, of rows that name the one above them by a foreign key."""


class RefusedForm(BaseForm):
    """A form that the domain refused on saving: it says why."""

    refusal = ""

    def full_clean(self) -> None:
        """Find faults, and say the refusal above them."""
        super().full_clean()
        self.add_error(None, self.refusal)


class RefusedRequest(HttpRequest):
    """A request whose form the domain refused on saving it."""

    refusal: str


class CheckedAdmin(admin.ModelAdmin[Any]):
    """An admin that refuses what no page of it sends, instead of failing over it."""

    @jobs.finishing()
    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Add or change. Raises BadRequest for a key that is none."""
        names = {"id"} | _names_of_keys(self.model)
        for inline in self.inlines:
            names |= _names_of_keys(inline.model)
        _check_keys(request.GET, names)
        _check_keys(request.POST, names)
        try:
            shown: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:  # nothing is written; the form comes back as it was typed
            cast(RefusedRequest, request).refusal = str(refusal)  # read by `get_form`
            shown = super().changeform_view(request, object_id, form_url, extra_context)
        return shown

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, with what others changed meanwhile, and the domain's no where there was one."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if change:
            form = type("AsShownForm", (AsShownForm, form), {})
        refusal = getattr(request, "refusal", "")
        return type("RefusedForm", (RefusedForm, form), {"refusal": refusal}) if refusal else form

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """List, and act on what was ticked. Raises BadRequest for a key that is none."""
        _check_keys(request.POST, {"_selected_action"})
        shown: HttpResponse = super().changelist_view(request, extra_context)
        return shown

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Let every inline count its rows, which Django itself takes by the thousand."""
        inlines: list[Any] = super().get_inline_instances(request, obj)
        for inline in inlines:
            if inline.formset is BaseInlineFormSet:
                inline.formset = CheckedRows
        return inlines


def _names_of_keys(model: type[Model]) -> set[str]:
    """Return the names of the fields that hold keys of other rows."""
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return {field.name for field in fields if isinstance(field, ForeignKey | ManyToManyField)}


def _check_keys(sent: QueryDict, names: set[str]) -> None:
    for name, values in sent.lists():
        if name.rpartition("-")[2] in names and not all(_is_key(value) for value in values):
            raise BadRequest("A key that is none.")


def _is_key(value: str) -> bool:
    return not value or (value.isascii() and value.isdecimal() and int(value[:30]) <= LARGEST_KEY)
