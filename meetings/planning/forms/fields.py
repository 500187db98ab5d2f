"""Fields and rows that the coordinator's forms share."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy

US_ZONES = [
    ("America/New_York", gettext_lazy("Eastern (New York)")),
    ("America/Chicago", gettext_lazy("Central (Chicago)")),
    ("America/Denver", gettext_lazy("Mountain (Denver)")),
    ("America/Phoenix", gettext_lazy("Arizona (Phoenix)")),
    ("America/Los_Angeles", gettext_lazy("Pacific (Los Angeles)")),
    ("America/Anchorage", gettext_lazy("Alaska (Anchorage)")),
    ("Pacific/Honolulu", gettext_lazy("Hawaii (Honolulu)")),
]


def zone_choices() -> list[tuple[Any, Any]]:
    """Return the zones of the United States first, then every other that has a place in its name."""
    first = {name for name, _label in US_ZONES}
    others = sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/"))
    )
    return [
        (gettext_lazy("United States"), US_ZONES),
        (gettext_lazy("Elsewhere"), [(name, name) for name in others if name not in first]),
    ]


class QuietForm(forms.BaseForm):
    """A form that can be shown again as typed, without saying what is wrong with it yet."""

    quiet = False

    def full_clean(self) -> None:
        """Find faults, unless a row was only being added to the page."""
        if self.quiet:
            self._errors = ErrorDict()
            self.cleaned_data = {}
        else:
            super().full_clean()


class DayInput(forms.DateInput):
    """A date as the browser asks for it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A wall time as the browser asks for it."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
