"""What is typed about a transcript: for whom a link is and until when, and which license one renews."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.models import RenewalRule
from stemnet.forms.fields import NameField, field_of

DAYS = 30  # for which a link works unless somebody chooses otherwise


class LinkForm(forms.Form):
    """A new link to a transcript."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(
        label=_("For whom?"),
        max_length=100,
        help_text=_("Such as your district's office. Only you see it."),
        error_messages={"required": _("Type who the link is for.")},
    )
    last_day = forms.DateField(
        label=_("Works until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day on which it works, a year from now at most."),
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Choose a day, such as 2026-12-31."),
        },
    )


class WindowForm(forms.Form):
    """The license that somebody renews next."""

    rule = forms.ModelChoiceField(
        label=_("License"),
        queryset=RenewalRule.objects.none(),
        empty_label=_("Choose a license"),
        error_messages={"required": _("Choose the license you renew.")},
    )
    ends_on = forms.DateField(
        label=_("It runs until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day of your license. The window ends with it."),
        error_messages={
            "required": _("Choose the last day of your license."),
            "invalid": _("Choose a day, such as 2026-12-31."),
        },
    )

    def clean_ends_on(self) -> date:
        """Refuse a day that no license has."""
        day: date = self.cleaned_data["ends_on"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a day, such as 2026-12-31."))
        return day

    def __init__(self, *args: Any, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "rule", forms.ModelChoiceField).queryset = rules
