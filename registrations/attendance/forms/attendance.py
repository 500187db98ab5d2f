"""What is typed at the attendance desk."""

from itertools import product
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.planning.forms.typed_breaks import BreaksField, TypedBreak
from registrations.attendance.forms import typed_spans
from registrations.attendance.forms.wall_clock import away_typed
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
    """One mark: here (with times or without), absent, taken back, or undone.

    ``away`` is no longer shown; acts that wait on a device from before may have it.
    """

    seen = forms.ChoiceField(choices=[*Seen.choices, (CLEAR, _("Not marked")), (UNDO, _("Undo"))])
    away = AwayField(
        label=_("Away in between"), help_text=_("For example, 10:00-11:00. Put commas between several.")
    )
    presenting = forms.BooleanField(label=_("Presents at this meeting"), required=False)
    reason = forms.CharField(label=_("Reason for the change"), max_length=300, required=False)

    def __init__(self, *args: Any, meeting: Meeting, row: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.auto_id = f"{row}-%s"
        self.numbers = typed_spans.numbers_in(self.data or self.initial)
        for number, name in product(self.numbers, ("arrived", "left")):
            self.fields[typed_spans.name_of(name, number)] = typed_spans.field(name, number)

    @property
    def spans(self) -> list[typed_spans.Span]:
        """Return the pairs of fields for arriving and leaving, in order."""
        return [
            typed_spans.Span(
                number, *(self[typed_spans.name_of(name, number)] for name in ("arrived", "left"))
            )
            for number in self.numbers
        ]

    @property
    def may_have_more(self) -> bool:
        """Return whether there is room for another pair."""
        return len(self.numbers) < typed_spans.MOST

    def clean_away(self) -> list[Interval]:
        """Return when the person was out in between; absent people were not there at all."""
        if self.data.get("seen") != Seen.PRESENT:
            return []
        return away_typed(self.cleaned_data["away"], self.meeting)

    def clean(self) -> dict[str, Any]:
        """Put the first arriving, the last leaving and all gaps in the place of what was typed."""
        values = self.cleaned_data
        if values.get("seen") != Seen.PRESENT:
            return {**values, "arrived": None, "left": None}
        arrived, left, gaps = typed_spans.Reading(self, self.meeting, self.numbers).read()
        return {**values, "arrived": arrived, "left": left, "away": [*values.get("away", []), *gaps]}


class ReopenForm(forms.Form):
    """Why attendance is not complete after all."""

    reason = forms.CharField(label=_("Why isn't it complete?"), max_length=300)
