"""When registration opens and closes, typed as wall times where the network meets."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from meetings.planning.domain import planning
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.fields import WallMomentField

MOMENTS = ("opens_at", "members_open_at", "closed_at")


class WindowForm(forms.ModelForm[Network]):
    """The part of a network's form that asks when registration opens and closes."""

    opens_at = WallMomentField(
        label=gettext_lazy("Registration opens"),
        required=False,
        help_text=gettext_lazy("In the network's time zone. Leave empty to open as soon as it's published."),
    )
    members_open_at = WallMomentField(
        label=gettext_lazy("Opens earlier for partners' people"),
        required=False,
        help_text=gettext_lazy(
            "For people who work at a partner and sign in. Leave empty to open for everyone at once."
        ),
    )
    closed_at = WallMomentField(
        label=gettext_lazy("Registration closes"),
        required=False,
        help_text=gettext_lazy("Leave empty to close when the first meeting starts."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in MOMENTS:
                self.initial[name] = wall_moment(getattr(self.instance, name), self.instance.zone)

    def clean(self) -> dict[str, Any]:
        """Turn the wall times into moments; refuse closing before opening."""
        cleaned = super().clean() or self.cleaned_data
        for name in MOMENTS:
            self.clean_moment(name)
        opens_at, early, closed_at = (cleaned.get(name) for name in MOMENTS)
        if early and (opens_at is None or early >= opens_at) and "members_open_at" in self.changed_data:
            self.add_error("members_open_at", _("This has to be before registration opens for everyone."))
        if opens_at and closed_at and closed_at <= opens_at and "closed_at" in self.changed_data:
            self.add_error("closed_at", _("Registration can't close before it opens."))
        return cleaned

    def clean_moment(self, name: str) -> None:
        """Turn the wall time of one field into the moment at the network's place, or say why it is none.

        What nobody touched stays as it was, to the second.
        """
        typed: datetime | None = self.cleaned_data.get(name)
        if typed is None:
            return
        if name not in self.changed_data:
            self.cleaned_data[name] = getattr(self.instance, name)
            return
        zone = self.cleaned_data.get("zone") or self.instance.zone
        try:
            self.cleaned_data[name] = planning.instant(typed.date(), typed.time(), zone)
        except WallTimeRefused as refusal:
            self.add_error(name, str(refusal))


def wall_moment(at: datetime | None, zone: str) -> datetime | None:
    """Return what the clock in ``zone`` shows at the moment ``at``, without a zone and seconds."""
    return at and at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
