"""The choice of how one comes to a meeting that is held in a room and online."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import ChosenWay
from registrations.seats.domain.ways import Places
from registrations.seats.exceptions import WayRefused
from stemnet import wording

Way = ChosenWay.Way


class WayField(forms.ChoiceField):
    """In the room or online, with how many places are left; a way that is full says so."""

    def __init__(self, places: Places, *, later: bool = True, **kwargs: Any) -> None:
        """Make the field; where it can't be said ``later``, one of the two is required."""
        day = wording.day(places.meeting.on)
        label = _("How you're coming on %(day)s") % {"day": day}
        choices = [(way.value, words_of(way, places)) for way in Way]
        self.places = places
        if later and any(places.is_full(way) for way in Way):
            kwargs["help_text"] = _("Once you're registered, you can ask to be told when a place is free.")
        super().__init__(
            label=label,
            choices=[*choices, ("", _("I'll say later"))] if later else choices,
            required=not later,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def validate(self, value: Any) -> None:
        """Refuse a way that filled up, and say how many places are left the other way."""
        super().validate(value)
        if value and self.places.is_full(value):
            other = Way.ONLINE if value == Way.ROOM else Way.ROOM
            raise forms.ValidationError(str(WayRefused.full(value, left=self.places.left(other))))


def words_of(way: Way, places: Places) -> str:
    """Return the words of one choice, such as "In the room (3 places left)"."""
    left = places.left(way)
    if left is None:
        return str(way.label)
    if not left:
        return _("%(way)s (full)") % {"way": way.label}
    words = ngettext("%(way)s (%(n)s place left)", "%(way)s (%(n)s places left)", left)
    return words % {"way": way.label, "n": left}
