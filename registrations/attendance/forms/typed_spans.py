"""When somebody was there, as typed: arrived and left, and again, as often as it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting
from registrations.attendance.forms.wall_clock import instant_typed, typed
from registrations.credit.domain.intervals import Interval, Pairs, from_pairs, subtract

MOST = 12  # times of coming and going at one meeting
NAME = re.compile(r"^(?:arrived|left)(?:_(\d{1,2}))?$")
NO_TIMES = (gettext_lazy("Arrived"), gettext_lazy("Left"))
AGAIN = (gettext_lazy("Came back"), gettext_lazy("Left again"))


@dataclass(frozen=True)
class Span:
    """One pair of fields; ``number`` counts from 1."""

    number: int
    arrived: forms.BoundField
    left: forms.BoundField


def name_of(name: str, number: int) -> str:
    """Return the name of a field: the first pair has no number."""
    return name if number == 1 else f"{name}_{number}"


def numbers_in(values: Mapping[str, object]) -> list[int]:
    """Return the numbers of the pairs of which anything is in ``values``, the first always."""
    found = {int(match[1] or 1) for match in map(NAME.match, values) if match}
    return sorted({1, *(number for number in found if number)})[:MOST]


def field(name: str, number: int) -> forms.CharField:
    """Return one of the two fields of a pair."""
    label = (NO_TIMES if number == 1 else AGAIN)[name == "left"]
    return forms.CharField(label=label, max_length=20, required=False)


def reshaped(values: Mapping[str, str], *, without: int = 0, more: bool = False) -> dict[str, str]:
    """Return the pairs of ``values`` without one of them, or with an empty one more, numbered anew."""
    kept = [number for number in numbers_in(values) if number != without]
    found = {}
    for place, number in enumerate(kept or [0], start=1):
        for name in ("arrived", "left"):
            found[name_of(name, place)] = values.get(name_of(name, number), "") if number else ""
    if more and len(kept) < MOST:
        found |= {name_of(name, len(kept) + 1): "" for name in ("arrived", "left")}
    return found


def as_typed(
    arrived: datetime | None, left: datetime | None, away: Pairs, meeting: Meeting
) -> dict[str, str]:
    """Return when somebody was there as it would be typed into the pairs."""
    if arrived is None or left is None:
        return {}
    found = {}
    for number, span in enumerate(subtract([(arrived, left)], from_pairs(away))[:MOST], start=1):
        found[name_of("arrived", number)] = typed(span.start, meeting)
        found[name_of("left", number)] = typed(span.end, meeting)
    return found


class Reading:
    """Reads the pairs of a bound form on the clock of its meeting, and says at each field what is wrong."""

    def __init__(self, form: forms.Form, meeting: Meeting, numbers: list[int]) -> None:
        self.form, self.meeting = form, meeting
        self.used = [
            number for number in numbers if any(self.text(name, number) for name in ("arrived", "left"))
        ]

    def text(self, name: str, number: int) -> str:
        """Return what was typed."""
        return str(self.form.cleaned_data.get(name_of(name, number), "") or "").strip()

    def moment(self, name: str, number: int, *, may_lack: bool, missing: str) -> datetime | None:
        """Return the moment of one field; None where it lacks or is wrong, which is then said there."""
        text = self.text(name, number)
        if not text and may_lack:
            return None
        try:
            if not text:
                raise ValidationError(missing)
            return instant_typed(text, self.meeting)
        except ValidationError as refusal:
            self.form.add_error(name_of(name, number), refusal)
            return None

    def read(self) -> tuple[datetime | None, datetime | None, list[Interval]]:
        """Return the first arriving, the last leaving and the gaps; None is from the start, to the end."""
        if not self.used:
            return None, None, []
        first, last = self.used[0], self.used[-1]
        pairs = []
        for number in self.used:
            came = self.moment(
                "arrived", number, may_lack=number == first, missing=_("Type when they came back.")
            )
            went = self.moment("left", number, may_lack=number == last, missing=_("Type when they left."))
            pairs.append((number, came, went))
        gaps = self.gaps(pairs) if not self.form.errors else []
        return pairs[0][1], pairs[-1][2], gaps

    def gaps(self, pairs: list[tuple[int, datetime | None, datetime | None]]) -> list[Interval]:
        """Return when somebody was out; pairs have to come one after the other."""
        found, before = [], None
        for number, came, went in pairs:
            start = came or self.meeting.starts_at
            if before and start <= before:
                sentence = _("This is before they left. Type the times in their order.")
                self.form.add_error(name_of("arrived", number), sentence)
            elif before:
                found.append(Interval(before, start))
            if (came and went and went <= came) or (went and not came and len(pairs) > 1 and went <= start):
                sentence = _("The time left can't be before the time arrived.")
                self.form.add_error(name_of("left", number), sentence)
            before = went
        return found
