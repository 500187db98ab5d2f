"""Fields and rows that the coordinator's forms share."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.planning.domain.calendar_words import year_bounds

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


def school_year_of(typed: str) -> str:
    """Return a school year as it is kept. Raises ValidationError where its halves don't follow each other."""
    year = typed.strip().replace("–", "-")
    if year_bounds(year) is None:
        raise forms.ValidationError(_("Write the school year like 2020-21."))
    return year


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


class MomentInput(forms.DateTimeInput):
    """A date with a wall time as the browser asks for it."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class WallMomentField(forms.fields.BaseTemporalField):
    """A date with a wall time, without a zone: what the clock on the wall shows where the network meets."""

    widget = MomentInput
    default_error_messages = {"invalid": gettext_lazy("Type a date with a time, such as 2026-09-01 9:00 AM.")}

    def __init__(self, **kwargs: Any) -> None:
        written = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M %p"]
        super().__init__(input_formats=written, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """Return the date and time as typed; None where nothing is."""
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        typed: datetime | None = super().to_python(str(value).strip())
        return typed

    def strptime(self, value: str, format: str) -> datetime:
        """Return the date and time in one of the ways they are written."""
        return datetime.strptime(value, format)  # noqa: DTZ007  # the network's zone makes it a moment


class ClockInput(forms.TimeInput):
    """A wall time as the browser asks for it."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
