"""The text of a message, and when it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.messages.domain.sending import When
from registrations.models.messages.message import LONGEST_SUBJECT, LONGEST_TEXT
from stemnet.forms.fields import LineField

NOW, LATER = "now", "later"


class DraftForm(forms.Form):
    """A draft as it is typed; what is wrong with it is said when it is to go."""

    subject = LineField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT, required=False)
    text = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 13}),
        help_text=gettext_lazy("A blank line begins a new paragraph."),
        error_messages={
            "max_length": gettext_lazy(
                "This message has %(show_value)d characters. It can have at most %(limit_value)d."
            )
        },
    )
    reader = forms.IntegerField(required=False, min_value=1)
    when = forms.ChoiceField(
        choices=[(NOW, gettext_lazy("Now")), (LATER, gettext_lazy("At a time"))], required=False
    )
    begin = LineField(max_length=40, required=False)
    keep_as = LineField(label=gettext_lazy("Name"), max_length=80, required=False)
    on = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )

    def wanted(self, zone: str) -> When | None:
        """Return when it is to go, None for now; what is missing becomes an error of its field."""
        data = self.cleaned_data
        if data.get("when") != LATER:
            return None
        for name, words in (("on", _("Choose a date.")), ("time", _("Choose a time."))):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        return None if self.errors else When(data["on"], data["time"], zone)

    def refuse(self, field: str, words: Any) -> None:
        """Say what is wrong at its field."""
        self.add_error(field, str(words))
