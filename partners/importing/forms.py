"""Bringing a table, saying which column is which, and deciding rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.importing.domain.decisions import NAME, WHERE, WHO
from partners.importing.imports.fields import LABELS, MANY
from partners.importing.imports.recognized import LEFT, ONLY_LISTED
from partners.importing.imports.recognizing import BUNDLE
from partners.models import Sector, TableImport
from partners.people.forms.state_field import StateField

Kind = TableImport.Kind
SAMPLES = 3


class BringForm(forms.Form):
    """What the rows are, and the file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What's in the file?"),
        choices=[*Kind.choices, (BUNDLE, gettext_lazy("Schools and staff of a district (OneRoster, ZIP)"))],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, up to 5 MB and 20,000 rows. We read only the first sheet of a workbook. A "
            "OneRoster bundle and the national school file can have up to 50 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls,.ods,.numbers,.txt,.tsv,.zip"}),
    )
    state = StateField(
        label=gettext_lazy("State, for the national school file (optional)"),
        help_text=gettext_lazy("The file has every school in the country. We read only this state's."),
        widget=forms.TextInput(attrs={"size": 20, "autocomplete": "off"}),
    )


class ColumnsForm(forms.Form):
    """A choice for each column of the file, and what to take where it says nothing."""

    sector = forms.ChoiceField(
        label=gettext_lazy("Sector of new organizations, if the file doesn't say"),
        required=False,
        choices=[("", gettext_lazy("Every row gives a sector")), *Sector.choices],
    )
    state = StateField(
        label=gettext_lazy("State, if the file doesn't say"),
        help_text=gettext_lazy("Two letters, such as MA, or the state's name."),
        widget=forms.TextInput(attrs={"size": 20, "autocomplete": "off"}),
    )
    only_listed = forms.BooleanField(
        label=gettext_lazy("Only fill in what we have on our list. Add no organization."), required=False
    )

    def __init__(self, *args: Any, table: TableImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table
        if table.kind != Kind.ORGANIZATIONS:
            for name in ("sector", "state", ONLY_LISTED):
                del self.fields[name]
        choices = [("", _("Leave out")), *LABELS[table.kind].items()]
        for place, name in enumerate(table.header):
            self.fields[f"column-{place}"] = forms.ChoiceField(label=name, required=False, choices=choices)
            self.initial[f"column-{place}"] = table.columns.get(str(place), "")
            self.fields[f"leave-{place}"] = forms.BooleanField(
                required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
            )
            left = table.defaults.get(LEFT, "").split()
            self.initial[f"leave-{place}"] = table.columns.get(str(place)) in left
        self.initial.update({name: said for name, said in table.defaults.items() if name != LEFT})

    def columns(self) -> list[dict[str, Any]]:
        """Return each column with its select and its first values."""
        rows = [cells for _line, cells in self._table.rows]
        return [
            {
                "field": self[f"column-{place}"],
                "leave": self[f"leave-{place}"],
                "samples": _samples(row[place] for row in rows),
            }
            for place in range(len(self._table.header))
        ]

    def matched_columns(self) -> list[dict[str, Any]]:
        """Return the columns that mean something, or are to be mended."""
        return [one for one in self.columns_once if one["field"].value() or one["field"].errors]

    def other_columns(self) -> list[dict[str, Any]]:
        """Return the columns that are left out."""
        return [one for one in self.columns_once if not (one["field"].value() or one["field"].errors)]

    @cached_property
    def columns_once(self) -> list[dict[str, Any]]:
        """Return all columns, read once for a page."""
        return self.columns()

    def matched(self) -> dict[str, str]:
        """Return the field of each column that is not left out, by its place."""
        chosen = {place: self.cleaned_data.get(f"column-{place}") for place in range(len(self._table.header))}
        return {str(place): name for place, name in chosen.items() if name}

    def defaults(self) -> dict[str, str]:
        """Return what is taken where the file says nothing."""
        names = ("sector", "state")
        said = {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
        said |= {ONLY_LISTED: "1"} if self.cleaned_data.get(ONLY_LISTED) else {}
        left = {name for place, name in self.matched().items() if self.cleaned_data.get(f"leave-{place}")}
        return {**said, LEFT: " ".join(sorted(left))} if left else said

    def clean(self) -> dict[str, Any]:
        """Refuse a field twice, and want the fields without which no row can be read."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        labels = LABELS[self._table.kind]
        seen: dict[str, str] = {}
        for place, name in self.matched().items():
            if name in seen and name not in MANY:
                words = {"field": labels[name], "column": self._table.header[int(seen[name])]}
                self.add_error(
                    f"column-{place}", _("You also chose “%(field)s” for the column “%(column)s”.") % words
                )
            seen.setdefault(name, place)
        if missing := _missing(self._table.kind, seen):
            raise forms.ValidationError(missing)
        if "full_name" in seen and {"first_name", "last_name"} & set(seen):
            self.add_error(
                f"column-{seen['full_name']}",
                _("Choose either the full name, or separate columns for first and last name."),
            )
        return data


def _samples(values: Iterable[str]) -> list[str]:
    """Return the first values that say something."""
    found: list[str] = []
    for value in values:
        if value and len(found) < SAMPLES:
            found.append(value[:60])
    return found


def _missing(kind: str, chosen: Mapping[str, str]) -> str:
    """Say which field no column is chosen for, without which no row can be read."""
    if kind == Kind.ORGANIZATIONS and "name" not in chosen:
        return _("Choose the column with the organization's name.")
    named = "full_name" in chosen or {"first_name", "last_name"} <= set(chosen)
    if kind == Kind.PEOPLE and not named:
        return _("Choose the columns with first and last name, or the one with the full name.")
    return ""


def answers_in(data: Mapping[str, str], decided: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Return what was answered to open questions, and nothing for the row that is to be decided again."""
    answers: dict[str, dict[str, str]] = {}
    alike: list[tuple[Mapping[str, Any], str]] = []
    for row in decided:
        line = str(row["line"])
        if data.get("again") == line:
            answers[line] = {WHO: "", WHERE: "", NAME: ""}
        for question in row["questions"]:
            value = data.get(f"answer-{line}-{question['key']}", "")
            if value not in [option for option, _label in question["options"]]:
                continue
            answers.setdefault(line, {})[question["key"]] = value
            if f"alike-{line}-{question['key']}" in data:
                alike.append((question, value))
    for question, value in alike:
        for line in lines_that_ask(question, decided):
            answers.setdefault(line, {}).setdefault(question["key"], value)
    return answers


def lines_that_ask(question: Mapping[str, Any], decided: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the rows that ask exactly the same, with the same answers to choose from."""
    return [str(row["line"]) for row in decided if question in row["questions"]]
