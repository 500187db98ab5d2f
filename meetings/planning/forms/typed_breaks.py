"""Breaks as people type them: "10:30-10:45", "10:30 to 10:45 a.m., noon to 12:30", "10:30 for 15 minutes"."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.planning.domain.breaks import BreakPlan, minute_of
from meetings.planning.domain.planning import A_DAY, minutes_between
from meetings.planning.forms.typed_times import wall_times

UNTIL = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*", re.IGNORECASE)
LASTING = re.compile(r"^(.+?)\s*(?:\bfor\b|\()\s*(\d{1,3})\s*(?:min(?:ute)?s?\.?)?\)?$", re.IGNORECASE)
BETWEEN = re.compile(r"[,;\n]")


class TypedBreak(NamedTuple):
    """One break with everything that its times can mean: morning or afternoon."""

    words: str
    readings: list[BreakPlan]


class BreaksField(forms.CharField):
    """Several breaks in one line; `in_meeting` then takes the reading that lies in the meeting."""

    def __init__(self, **kwargs: Any) -> None:
        plain = {
            "label": gettext_lazy("Breaks"),
            "required": False,
            "max_length": 200,
            "help_text": gettext_lazy("For example, 10:30-10:45. Put commas between breaks."),
        }
        super().__init__(**{**plain, **kwargs})

    def clean(self, value: Any) -> list[TypedBreak]:
        """Return the breaks, each with its readings. Raises ValidationError for what is none."""
        pieces = [piece.strip() for piece in BETWEEN.split(super().clean(value) or "")]
        return [TypedBreak(piece, readings(piece)) for piece in pieces if piece]


def readings(piece: str) -> list[BreakPlan]:
    """Return what one typed break can mean, the shortest first."""
    if lasting := LASTING.match(piece):
        return [BreakPlan(start, int(lasting[2])) for start in wall_times(lasting[1]) if int(lasting[2])]
    ends = UNTIL.split(piece)
    if len(ends) != 2:
        raise ValidationError(_("Type a break like 10:30-10:45, not “%(words)s”.") % {"words": piece})
    pairs = [(start, end) for start in wall_times(ends[0]) for end in wall_times(ends[1])]
    found = [BreakPlan(start, minutes_between(start, end)) for start, end in pairs if start != end]
    return sorted(found, key=lambda one: one.minutes)


def in_meeting(typed: Iterable[TypedBreak], start: time, end: time) -> list[BreakPlan]:
    """Return the breaks as they lie between ``start`` and ``end``. Raises ValidationError."""
    found = []
    for one in typed:
        inside = [plan for plan in one.readings if lies_in(plan, start, end)]
        if not inside:
            raise ValidationError(_("The break “%(words)s” is outside the meeting.") % {"words": one.words})
        found.append(inside[0])
    return found


def place_breaks(form: forms.Form, start: time, end: time) -> None:
    """Read the breaks of a clean form as they lie in its meeting, or put the "no" at their field."""
    try:
        form.cleaned_data["breaks"] = in_meeting(form.cleaned_data.get("breaks") or [], start, end)
    except ValidationError as refusal:
        form.add_error("breaks", refusal)


def lies_in(plan: BreakPlan, start: time, end: time) -> bool:
    """Return whether a break lies between two wall times."""
    later = (minute_of(plan.start_time) - minute_of(start)) % A_DAY
    return later + plan.minutes <= minutes_between(start, end)


def as_typed(plans: Iterable[BreakPlan]) -> str:
    """Return breaks as they would be typed into the field."""
    starts = [(minute_of(plan.start_time), plan.minutes) for plan in plans]
    return ", ".join(f"{clock(start)}-{clock(start + minutes)}" for start, minutes in starts)


def clock(minute: int) -> str:
    """Return a minute of the day as it would be typed: 10:30, 1:15 p.m."""
    hour, half = minute // 60 % 24, "" if minute % A_DAY < A_DAY // 2 else " p.m."
    return f"{hour % 12 or 12}:{minute % 60:02d}{half}" if hour else f"0:{minute % 60:02d}"
