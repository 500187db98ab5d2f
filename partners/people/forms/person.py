"""What a coordinator changes about a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Person
from stemnet.forms.fields import field_of


class PersonForm(forms.ModelForm[Person]):
    """Names and language, and which of the addresses is the primary one."""

    primary = forms.ChoiceField(label=_("Primary address"), required=False)

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "certificate_name", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "primary" in self.fields:
            known = [email.address for email in self.instance.emails.all()]
            field_of(self, "primary", forms.ChoiceField).choices = [(address, address) for address in known]
            self.initial["primary"] = self.instance.primary_address
