"""For whom a link to the totals of a meeting is, and which meeting one looks at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from meetings.models import Meeting
from meetings.models.planning.meeting import MeetingQuerySet
from stemnet.forms.fields import NameField, field_of


class CatererForm(forms.Form):
    """A new link for a caterer."""

    name = NameField(
        label=gettext_lazy("For whom?"),
        max_length=100,
        help_text=gettext_lazy(
            "For example, the name of the company. It's only for you and the other staff."
        ),
        error_messages={"required": gettext_lazy("Type who the link is for.")},
    )
    meeting = forms.ModelChoiceField(
        queryset=Meeting.objects.none(), to_field_name="uid", widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, meetings: MeetingQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "meeting", forms.ModelChoiceField).queryset = meetings
