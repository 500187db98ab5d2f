"""Fields and rows that the coordinator's forms share."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Organization
from partners.people.domain import organizations
from stemnet.plain_names import plain_name

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


class OrganizationsField(forms.CharField):
    """Organizations by name or other name, one a line; "Name, Town" where two share a name."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> list[Organization]:
        """Return the organizations; a sentence for every line that names none, or several."""
        lines = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        found, problems = [], []
        for line in lines[:30]:
            matches = named(line)
            if len(matches) == 1:
                found.append(matches[0])
            else:
                problems.append(unclear(line, matches))
        if problems:
            raise forms.ValidationError(problems)
        return list(dict.fromkeys(found))

    def prepare_value(self, value: Any) -> Any:
        """Show organizations as lines."""
        return "\n".join(str(item) for item in value) if isinstance(value, list) else value


def named(line: str) -> list[Organization]:
    """Return the organizations called ``line``, by name or other name, or by name and town."""
    found = list(organizations.called(line))
    return [one for one in found if one.plain_name == plain_name(line)] or found


def unclear(line: str, matches: list[Organization]) -> str:
    """Return the sentence for a line that names no organization, or several."""
    if matches:
        towns = ", ".join(f"{match.name}, {match.city}" for match in matches[:3])
        return _("More than one organization is called “%(line)s”. Write one of these: %(towns)s.") % {
            "line": line,
            "towns": towns,
        }
    like = Organization.objects.found_by(line.split()[0]).first()
    sentence = _("We don't have an organization called “%(line)s”.") % {"line": line[:80]}
    return f"{sentence} {_('Did you mean “%(name)s”?') % {'name': like}}" if like else sentence
