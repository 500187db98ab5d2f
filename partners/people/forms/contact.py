"""What a coordinator writes down about a visit, call or letter."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Contact
from stemnet.forms.fields import field_of


class ContactForm(forms.ModelForm[Contact]):
    """How, when, with whom, and what was said."""

    class Meta:
        model = Contact
        fields = ["kind", "on", "whom", "note"]
        widgets = {
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("on", today)
        field_of(self, "kind", forms.ChoiceField).choices = [("", _("Choose one")), *Contact.Kind.choices]

    def clean_on(self) -> date:
        """Refuse a day that is still to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("That date is in the future. Record it after it happens."))
        return on
