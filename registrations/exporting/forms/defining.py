"""What staff type to define an export, besides its columns; and the heading of one column."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.models import Organization, Person
from registrations.exporting.domain.defining import FIELDS, Plan
from registrations.exporting.domain.presets import Preset
from registrations.models import Registration, SavedExport
from stemnet.forms.fields import LineField, SentOnceField, field_of

Reach = SavedExport.Reach
DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")


class ExportForm(forms.Form):
    """Which rows an export has, and in which form it is written."""

    uid = SentOnceField()
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**31 - 1)
    title = LineField(
        label=gettext_lazy("Name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Type a name, such as “Credit for the registrar”.")},
    )
    shared = forms.BooleanField(
        label=gettext_lazy("Other staff can use it, too"),
        required=False,
        help_text=gettext_lazy("Everybody gets only the rows of networks that they're staff for."),
    )
    table = forms.ChoiceField(
        label=gettext_lazy("A row is"), choices=SavedExport.Table, widget=forms.RadioSelect
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("Networks"), choices=SavedExport.Reach, widget=forms.RadioSelect
    )
    school_year = forms.ChoiceField(label=gettext_lazy("School year"), required=False)
    networks = forms.ModelMultipleChoiceField(
        label=gettext_lazy("These networks"),
        queryset=Network.objects.none(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    who = forms.ChoiceField(label=gettext_lazy("People"), choices=SavedExport.Who, widget=forms.RadioSelect)
    papers = forms.ChoiceField(label=gettext_lazy("Documents"), choices=SavedExport.Papers)
    organization = forms.ModelChoiceField(
        label=gettext_lazy("Only people of"),
        queryset=Organization.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("any organization"),
        help_text=gettext_lazy("With its schools and other parts."),
    )
    first_day = forms.DateField(label=gettext_lazy("From"), required=False, widget=DAY)
    last_day = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DAY,
        help_text=gettext_lazy("The day of the meeting, or of the last meeting that somebody was at."),
    )
    order = forms.ChoiceField(label=gettext_lazy("Order"), choices=SavedExport.Order)
    file_form = forms.ChoiceField(
        label=gettext_lazy("File"), choices=SavedExport.FileForm, widget=forms.RadioSelect
    )
    headings = forms.ChoiceField(label=gettext_lazy("Headings"), choices=SavedExport.Headings)
    date_form = forms.ChoiceField(label=gettext_lazy("Dates"), choices=SavedExport.DateForm)

    def __init__(self, *args: Any, by: Person, export: SavedExport | None = None, **kwargs: Any) -> None:
        """Make the form for what ``by`` is staff for; a network and an organization in use stay choices."""
        super().__init__(*args, **kwargs)
        self.mine = Network.objects.staffed_by(by)
        years = list(self.mine.order_by("-school_year").values_list("school_year", flat=True).distinct())
        if export and export.school_year not in ("", *years):
            years.append(export.school_year)
        field_of(self, "school_year", forms.ChoiceField).choices = [("", "—"), *((one, one) for one in years)]
        field_of(self, "networks", forms.ModelMultipleChoiceField).queryset = self.mine
        chosen = field_of(self, "organization", forms.ModelChoiceField)
        chosen.queryset = _organizations(self.mine, export)

    def clean(self) -> dict[str, Any]:
        """Want what the choices need: a year, a network, days in order."""
        data = super().clean() or {}
        if data.get("reach") == Reach.YEAR and not data.get("school_year"):
            self.add_error("school_year", _("Choose the school year."))
        if data.get("reach") == Reach.CHOSEN and not data.get("networks"):
            self.add_error("networks", _("Check at least one network."))
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day can't be before the first."))
        return data

    def plan(self) -> Plan:
        """Return what was typed; what the choice of networks doesn't need is left out."""
        data = self.cleaned_data
        values = {name: data[name] for name in FIELDS}
        values["school_year"] = data["school_year"] if data["reach"] == Reach.YEAR else ""
        networks = list(data["networks"]) if data["reach"] == Reach.CHOSEN else []
        return Plan(**values, networks=networks)


def _organizations(networks: QuerySet[Network], export: SavedExport | None) -> QuerySet[Organization]:
    """Return where people of ``networks`` work, what those are part of, and what the export names."""
    works = Registration.objects.filter(network__in=networks.order_by().values("pk"))
    here = works.exclude(position__organization=None).values("position__organization")
    there = Q(pk__in=here) | Q(parts__in=Organization.objects.filter(pk__in=here).values("pk"))
    if export and export.organization_id:
        there |= Q(pk=export.organization_id)
    return Organization.objects.filter(pk__in=Organization.objects.filter(there).values("pk"))


def initial_of(export: SavedExport) -> dict[str, Any]:
    """Return what the form of an export begins with."""
    values: dict[str, Any] = {name: getattr(export, name) for name in FIELDS if name != "organization"}
    values["organization"] = export.organization.slug if export.organization else None
    values["networks"] = [one.slug for one in export.networks.all()]
    values["seen"] = export.edition
    return values


def initial_from(preset: Preset) -> dict[str, Any]:
    """Return what the form of a new export begins with."""
    return {
        "title": str(preset.title) if preset.key != "empty" else "",
        "table": preset.table,
        "reach": Reach.ALL,
        "who": preset.who,
        "papers": SavedExport.Papers.ANY,
        "order": preset.order,
        "file_form": preset.file_form,
        "headings": preset.headings,
        "date_form": SavedExport.DateForm.ISO,
    }


class HeadingForm(forms.Form):
    """Another heading of one column."""

    name = LineField(label=gettext_lazy("Another heading"), max_length=100, required=False)
