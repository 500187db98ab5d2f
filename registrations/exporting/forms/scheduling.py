"""What staff choose to have an export sent by the clock."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from partners.models import Person
from registrations.exporting.domain.scheduling import Times, colleagues, times_of
from registrations.models import ExportSchedule, SavedExport
from stemnet import wording
from stemnet.forms.fields import field_of

CHOSEN = ("every", "weekday", "month_day", "hour")


class ScheduleForm(forms.Form):
    """How often an export goes out, when, and to whom besides oneself."""

    every = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=ExportSchedule.Every, widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("On"),
        choices=ExportSchedule.Weekday,
        coerce=int,
        help_text=gettext_lazy("If it goes out every week."),
    )
    month_day = forms.IntegerField(
        label=gettext_lazy("Day of the month"),
        min_value=1,
        max_value=28,
        help_text=gettext_lazy("If it goes out every month: 1 to 28, which every month has."),
    )
    hour = forms.TypedChoiceField(label=gettext_lazy("At"), coerce=int)
    readers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Also send it to"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each gets the rows of networks that they're staff for."),
    )

    def __init__(self, *args: Any, export: SavedExport, by: Person, **kwargs: Any) -> None:
        """Make the form for an export of ``by``."""
        super().__init__(*args, **kwargs)
        hours = [(hour, wording.clock(time(hour))) for hour in range(7, 20)]
        field_of(self, "hour", forms.TypedChoiceField).choices = hours
        field_of(self, "readers", forms.ModelMultipleChoiceField).queryset = colleagues(export, by)

    def times(self) -> Times:
        """Return how often and when."""
        return Times(**{name: self.cleaned_data[name] for name in CHOSEN})


def initial_of(schedule: ExportSchedule | None) -> dict[str, Any]:
    """Return what the form begins with."""
    if schedule is None:
        return {"every": ExportSchedule.Every.WEEK, "weekday": 0, "month_day": 1, "hour": 8}
    times = times_of(schedule)
    values: dict[str, Any] = {
        name: getattr(times, name) for name in ("every", "weekday", "month_day", "hour")
    }
    return values | {"readers": [str(one.person.uid) for one in schedule.readers.select_related("person")]}
