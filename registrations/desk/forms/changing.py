"""What is typed on a snow day: which meetings, what happens to them, and why."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, MeetingChange, Modality, Network
from meetings.planning.domain import moving, planning
from meetings.planning.domain.moving import Wanted
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.typed_times import EndField
from registrations.attendance.domain import following_times
from registrations.models import Evidence
from stemnet.forms.fields import LineField, field_of

What = MeetingChange.What
ACTS = [
    (What.CANCELLED, gettext_lazy("Cancel")),
    (What.RESCHEDULED, gettext_lazy("New date or time")),
    (What.MOVED_ONLINE, gettext_lazy("Move online")),
    (What.PLACE, gettext_lazy("New room or link")),
]

STAY, MOVE = "stay", "move"


class ChangeMeetingsForm(forms.Form):
    """One act on one or several meetings of a network and its groups."""

    meetings = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Which meetings"),
        queryset=Meeting.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one meeting.")},
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What happens"),
        choices=ACTS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what's happening.")},
    )
    on = forms.DateField(
        label=gettext_lazy("New date"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    start_time = forms.TimeField(
        label=gettext_lazy("Begins"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    end_time = EndField(
        label=gettext_lazy("Ends"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        required=False,
        help_text=gettext_lazy("For example, America/New_York. Leave empty to keep it."),
    )
    typed_times = forms.ChoiceField(
        label=gettext_lazy("Times typed at the attendance desk, such as 9:30"),
        choices=[
            ("", gettext_lazy("choose if the meeting starts at another time")),
            (STAY, gettext_lazy("stay as they were typed")),
            (MOVE, gettext_lazy("move along with the meeting")),
        ],
        required=False,
    )
    online_url = forms.URLField(
        label=gettext_lazy("Link to join"), max_length=500, required=False, assume_scheme="https"
    )
    modality = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[("", gettext_lazy("no change")), *Modality.choices],
        required=False,
    )
    venue = LineField(label=gettext_lazy("Place"), max_length=150, required=False)
    address = LineField(label=gettext_lazy("Address"), max_length=300, required=False)
    room = LineField(label=gettext_lazy("Room"), max_length=100, required=False)
    join_url = forms.URLField(
        label=gettext_lazy("New link to join"), max_length=500, required=False, assume_scheme="https"
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("People will see this in the e-mail. Required if a meeting has started."),
    )

    def __init__(self, *args: Any, network: Network, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        meetings = network.meetings.select_related("network", "working_group").prefetch_related("breaks")
        self.listed = meetings.order_by("starts_at", "pk")
        self.asks_typed_times = following_times.typed_marks().filter(meeting__network=network).exists()
        field_of(self, "meetings", forms.ModelMultipleChoiceField).queryset = self.listed

    def clean(self) -> dict[str, Any]:
        """Check what each act needs, at the field where it is missing."""
        values = super().clean() or {}
        chosen = list(values.get("meetings") or [])
        if chosen and values.get("what") == What.RESCHEDULED and not self.errors:
            self._check_new_time(chosen, values)
        if values.get("what") == What.PLACE and not any(values.get(name) for name in moving.PLACE):
            self.add_error("room", _("Type what's new: a room, a place or a link."))
        if chosen and not values.get("reason") and self._wants_reason(chosen):
            self.add_error(
                "reason", _("A meeting has started, or attendance was taken. Say why you're changing it.")
            )
        return values

    def _wants_reason(self, chosen: list[Meeting]) -> bool:
        """Return whether a chosen meeting has begun, or somebody was marked there."""
        begun = any(meeting.starts_at <= self.at and not meeting.is_cancelled for meeting in chosen)
        return begun or Evidence.objects.standing().filter(meeting__in=chosen).exists()

    def _check_new_time(self, chosen: list[Meeting], values: dict[str, Any]) -> None:
        """Check a new date and time: given, on one day, real on the clock, and not over."""
        typed = [name for name in ("on", "start_time", "end_time", "zone") if values.get(name)]
        if not typed:
            self.add_error("on", _("Type the new date or time."))
        if len({meeting.on for meeting in chosen}) > 1:
            self.add_error("meetings", _("To change the date, choose meetings that are on the same day."))
        if len(chosen) > 1 and (values.get("start_time") or values.get("end_time")):
            self.add_error("start_time", _("To change the time, choose just one meeting."))
        for meeting in chosen:
            if not self.errors:
                self._check_clock(meeting, values)
                self._check_typed_times(meeting, values)

    def _check_clock(self, meeting: Meeting, values: dict[str, Any]) -> None:
        """Check that the clock shows the new beginning and end, in this order, on that day."""
        on, zone = values.get("on") or meeting.on, values.get("zone") or meeting.zone
        try:
            planning.zone_named(zone)
        except WallTimeRefused as refusal:
            self.add_error("zone", str(refusal))
            return
        start, end = (values.get(name) or getattr(meeting, name) for name in ("start_time", "end_time"))
        if not planning.ends_after(start, end):
            self.add_error("end_time", _("A meeting can't end before it starts."))
            return
        last = on + planning.ONE_DAY if planning.past_midnight(start, end) else on
        moments = []
        for name, day, wall in (("start_time", on, start), ("end_time", last, end)):
            try:
                moments.append(planning.instant(day, wall, zone))
            except WallTimeRefused as refusal:
                self.add_error(name if values.get(name) else "on", str(refusal))
        if len(moments) == 2 and moments[1] <= moments[0]:
            self.add_error("end_time", _("A meeting can't end before it starts."))
        elif moments and moments[0] <= self.at < meeting.starts_at:
            self.add_error("on" if values.get("on") else "start_time", _("That time has passed."))

    def _check_typed_times(self, meeting: Meeting, values: dict[str, Any]) -> None:
        """Ask whether typed times move along with a meeting that begins at another hour."""
        if values.get("typed_times") or not following_times.moves_by_hours(meeting, values.get("start_time")):
            return
        if following_times.has_typed_times(meeting):
            self.add_error(
                "typed_times",
                _("Times were typed at this meeting, such as when somebody left. Should they move, too?"),
            )

    def wanted(self) -> Wanted:
        """Return the act that was chosen."""
        values = self.cleaned_data
        if values["what"] == What.CANCELLED:
            return moving.cancelled()
        if values["what"] == What.RESCHEDULED:
            times = {name: values[name] or None for name in ("on", "start_time", "end_time", "zone")}
            return moving.rescheduled(**times, typed_follow=values["typed_times"] == MOVE)
        if values["what"] == What.MOVED_ONLINE:
            return moving.moved_online(join_url=values["online_url"])
        return moving.new_place(**{name: values[name] for name in moving.PLACE})
