"""Wall times as people type them: "8:52", "8:52 a.m.", "10:45 pm", "22:45", "905", "noon", "24:00"."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TYPED = re.compile(r"^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:([ap])\.?\s?m?\.?)?$", re.IGNORECASE)
WORDS = {"noon": time(12), "12 noon": time(12), "midnight": time(0), "12 midnight": time(0)}
WORDS |= dict.fromkeys(["24:00", "24:00:00", "24.00", "24"], time(0))


def wall_times(text: str) -> list[time]:
    """Return what a typed time can mean: one reading, or morning and afternoon. Raises ValidationError."""
    text = " ".join(text.split())
    if text.lower() in WORDS:
        return [WORDS[text.lower()]]
    found = TYPED.match(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    half = (found[3] or "").lower() if found else ""
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise ValidationError(_("Type a time like 8:52, 8:52 a.m. or 13:30."))
    if half:
        return [time(hour % 12 + (12 if half == "p" else 0), minute)]
    if 1 <= hour <= 12:
        return [time(hour, minute), time((hour + 12) % 24, minute)]
    return [time(hour, minute)]


class EndField(forms.TimeField):
    """The wall time at which something ends; 24:00 is midnight."""

    def to_python(self, value: Any) -> time | None:
        """Return the time; 24:00 is the 00:00 of the next day."""
        if isinstance(value, str) and value.strip().lower() in WORDS:
            return WORDS[value.strip().lower()]
        return super().to_python(value)
