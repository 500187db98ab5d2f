"""What is typed at the attendance desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.planning.forms.typed_breaks import BreaksField, TypedBreak
from registrations.attendance.forms.wall_clock import away_typed, instant_typed
from registrations.credit.domain.intervals import Interval
from registrations.models import Seen

CLEAR, UNDO = "clear", "undo"


class AwayField(BreaksField):
    """When somebody was out in between, as breaks are typed; `away_typed` takes it to the clock."""

    def clean(self, value: Any) -> list[TypedBreak]:
        """Return what was typed, each with its readings. Raises ValidationError."""
        try:
            return super().clean(value)
        except ValidationError as refusal:
            raise ValidationError(_("Type it like 10:00-11:00, with commas in between.")) from refusal


class MarkForm(forms.Form):
    """One mark: here (with times or without), absent, taken back, or undone."""

    seen = forms.ChoiceField(choices=[*Seen.choices, (CLEAR, _("Not marked")), (UNDO, _("Undo"))])
    arrived = forms.CharField(label=_("Arrived"), max_length=20, required=False)
    left = forms.CharField(label=_("Left"), max_length=20, required=False)
    away = AwayField(
        label=_("Away in between"), help_text=_("For example, 10:00-11:00. Put commas between several.")
    )
    presenting = forms.BooleanField(label=_("Presents at this meeting"), required=False)
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    def __init__(self, *args: Any, meeting: Meeting, row: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.auto_id = f"{row}-%s"

    def clean_arrived(self) -> datetime | None:
        """Return the instant of arriving; None means from the start."""
        return self._instant("arrived")

    def clean_left(self) -> datetime | None:
        """Return the instant of leaving; None means to the end."""
        return self._instant("left")

    def clean_away(self) -> list[Interval]:
        """Return when the person was out in between; absent people were not there at all."""
        if self.data.get("seen") != Seen.PRESENT:
            return []
        return away_typed(self.cleaned_data["away"], self.meeting)

    def _instant(self, name: str) -> datetime | None:
        """Read a typed time; absent people have none."""
        text = self.cleaned_data[name].strip()
        if not text or self.data.get("seen") != Seen.PRESENT:
            return None
        return instant_typed(text, self.meeting)


class ReopenForm(forms.Form):
    """Why attendance is not complete after all."""

    reason = forms.CharField(label=_("Why isn't it complete?"), max_length=300)
