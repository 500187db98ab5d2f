"""Wall times as people type them: "8:52", "8:52 a.m.", "10:45 pm", "22:45", "905", "noon"."""

import re
from datetime import time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TYPED = re.compile(r"^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:([ap])\.?\s?m?\.?)?$", re.IGNORECASE)
WORDS = {"noon": time(12), "12 noon": time(12), "midnight": time(0), "12 midnight": time(0)}


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
