"""What staff type about an evaluation: its last day, the pulse, and what was done with the answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.planning.forms.fields import DayInput
from stemnet.forms.fields import LineField, SentOnceField


class LastDayForm(forms.Form):
    """The day until which an evaluation takes answers."""

    last_day = forms.DateField(
        label=_("New last day"),
        widget=DayInput,
        error_messages={
            "required": _("Choose the new last day."),
            "invalid": _("That isn't a date we can read. Write it like 2021-06-18."),
        },
    )


class PulseForm(forms.Form):
    """Whether people are asked after each meeting, and for how many days they can answer."""

    asks = forms.BooleanField(label=_("Ask people after each meeting"), required=False)
    days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=60,
        help_text=_("Counted from the day of the meeting. Then the pulse closes automatically."),
        error_messages={"required": _("Type for how many days people can answer.")},
    )


class OutcomeForm(forms.Form):
    """What people said, and what was done with it."""

    uid = SentOnceField()
    said = LineField(
        label=_("You said"),
        max_length=300,
        help_text=_("In your own words, without quoting one person."),
        error_messages={"required": _("Type what people said.")},
    )
    done = forms.CharField(
        label=_("We did"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Type what was done with it.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
