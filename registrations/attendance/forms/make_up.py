"""What is typed of make-up work: minutes, what was done, and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import Evidence
from stemnet.forms.fields import LineField

DAY_AND_NIGHT = 24 * 60


class MakeUpForm(forms.Form):
    """One piece of make-up work."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=DAY_AND_NIGHT,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    done_on = forms.DateField(
        label=gettext_lazy("Done on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    done = LineField(
        label=gettext_lazy("What was done"),
        max_length=300,
        help_text=gettext_lazy("For example, watched the recording and wrote half a page about it."),
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].help_text = _("Up to %(most)s, which is what was missed.") % {"most": most}


class CorrectMakeUpForm(MakeUpForm):
    """Make-up work that was written down: corrected, or taken back, for a reason."""

    reason = LineField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why. We keep the reason with the record.")},
    )

    def __init__(self, *args: Any, mark: Evidence, **kwargs: Any) -> None:
        written = {"minutes": mark.minutes, "done_on": mark.done_on, "done": mark.reason}
        super().__init__(*args, initial=written, auto_id=f"mark-{mark.pk}-%s", **kwargs)
        self.mark = mark
        self.takes_back = "take_back" in self.data
        for name in written:
            self.fields[name].disabled = self.takes_back
