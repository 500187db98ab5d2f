"""Dates for a series: pasted, or by a pattern; their times and place; and the slot of the groups."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Modality
from meetings.planning.domain import planning
from meetings.planning.domain.dates import is_in_year, outside_year, read_dates
from meetings.planning.domain.patterns import Which, pattern_dates
from meetings.planning.exceptions import PlanRefused
from meetings.planning.forms.fields import ClockInput, DayInput, QuietForm, school_year_of
from meetings.planning.forms.typed_breaks import BreaksField, place_breaks
from meetings.planning.forms.typed_times import EndField
from stemnet.forms.fields import LineField


class DatesForm(QuietForm, forms.Form):
    """Which days; ``found`` holds them in order once the form is valid."""

    dates = forms.CharField(
        label=gettext_lazy("Paste the dates"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Paste them from your announcement, the way they're written there: Five meetings on October "
            "14, 2020; December 8, 2020; and May 26, 2021. Or in words: first Tuesday monthly, October to "
            "May (with no months, September to June). We leave out the words around them."
        ),
    )
    which = forms.ChoiceField(
        label=gettext_lazy("Or use a pattern"),
        required=False,
        choices=[("", gettext_lazy("No pattern")), *Which.choices],
    )
    weekday = forms.ChoiceField(
        label=gettext_lazy("Weekday"), required=False, choices=[(str(day), WEEKDAYS[day]) for day in range(7)]
    )
    first = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput)
    last = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput)
    skip = forms.CharField(
        label=gettext_lazy("Skip these dates"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Holidays and school vacations."),
    )

    def __init__(self, *args: Any, school_year: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school_year = school_year
        self.found: list[date] = []
        self.left_out: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Read the pasted dates and work the pattern out, each fault at its field."""
        cleaned = super().clean() or self.cleaned_data
        skip = set(self.read("skip"))
        self.found = sorted({*self.read("dates"), *self.by_pattern(skip)} - skip)
        return cleaned

    def read(self, name: str) -> list[date]:
        """Return the dates in a field; its bad pieces become its errors."""
        between = {end: self.cleaned_data.get(end) for end in ("first", "last")}
        reading = read_dates(self.cleaned_data.get(name) or "", school_year=self.school_year, **between)
        self.left_out += reading.left_out
        for problem in reading.problems[:12]:
            self.add_error(name, problem)
        return reading.dates

    def by_pattern(self, skip: set[date]) -> list[date]:
        """Return the days of the pattern, or none where no pattern was chosen."""
        typed = self.cleaned_data
        if not typed.get("which"):
            return []
        for name in ("first", "last"):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Give the pattern a first and a last day."))
            elif typed.get(name) and not is_in_year(typed[name], self.school_year):
                self.add_error(name, outside_year(typed[name], self.school_year))
        typed = self.cleaned_data
        if not (typed.get("first") and typed.get("last") and typed.get("weekday")):
            return []
        try:
            return pattern_dates(
                which=typed["which"],
                weekday=int(typed["weekday"]),
                first=typed["first"],
                last=typed["last"],
                skip=skip,
            )
        except PlanRefused as refusal:
            self.add_error("which", str(refusal))
            return []


class PlanningForm(DatesForm):
    """The days with their times and place, and the slot of the working groups after each."""

    start_time = forms.TimeField(
        label=gettext_lazy("Begins"), required=False, widget=ClockInput, initial="09:00"
    )
    end_time = EndField(label=gettext_lazy("Ends"), required=False, widget=ClockInput, initial="12:00")
    modality = forms.ChoiceField(
        label=gettext_lazy("How"), required=False, choices=Modality.choices, initial=Modality.IN_PERSON
    )
    venue = LineField(label=gettext_lazy("Place"), required=False, max_length=150)
    breaks = BreaksField()
    slot_start = forms.TimeField(label=gettext_lazy("From"), required=False, widget=ClockInput)
    slot_end = EndField(label=gettext_lazy("Until"), required=False, widget=ClockInput)

    def clean(self) -> dict[str, Any]:
        """Want both ends of each time, in order."""
        cleaned = super().clean()
        if self.found:
            self.check_times("start_time", "end_time", wanted=True)
        self.check_times("slot_start", "slot_end")
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if self.found and start and end and planning.ends_after(start, end):
            place_breaks(self, start, end)
        return cleaned

    def check_times(self, start_name: str, end_name: str, *, wanted: bool = False) -> None:
        """Refuse half a time, and an end that is not after its start."""
        start, end = self.cleaned_data.get(start_name), self.cleaned_data.get(end_name)
        for name, value in ((start_name, start), (end_name, end)):
            if value is None and (wanted or start or end) and name not in self.errors:
                self.add_error(name, _("Fill in this time, too."))
        if start and end and not planning.ends_after(start, end):
            self.add_error(end_name, _("This ends before it starts."))


class CloneForm(DatesForm):
    """The next year of a network: its school year and its dates."""

    year = forms.CharField(
        label=gettext_lazy("School year"), max_length=9, help_text=gettext_lazy("For example, 2020-21.")
    )
    field_order = ["year"]

    def clean_year(self) -> str:
        """Refuse a year whose halves do not follow each other; dates without a year fall into it."""
        self.school_year = school_year_of(self.cleaned_data["year"])
        return self.school_year

    def clean(self) -> dict[str, Any]:
        """Ask for the dates anew."""
        cleaned = super().clean()
        if not self.found and not self.errors:
            self.add_error("dates", _("Add at least one date."))
        return cleaned
