"""What the contacts of a partner change about it: its public words, and who looks after it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Organization, Person
from stemnet.forms.fields import field_of


class OwnOrganizationForm(forms.ModelForm[Organization]):
    """What everyone reads about a partner, and whether the partnership may show it off."""

    about = forms.CharField(
        label=_("About us"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Two or three sentences for the page that everyone sees."),
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Organization
        fields = ["about", "website", "publicity"]
        labels = {"publicity": _("May the partnership show you in publications?")}
        widgets = {"publicity": forms.RadioSelect}


class HandOverForm(forms.Form):
    """Who leaves, and who takes over."""

    leaver = forms.ChoiceField(label=_("Who leaves"), error_messages={"required": _("Choose who leaves.")})
    address = forms.EmailField(label=_("E-mail of whoever takes over"), max_length=254)
    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    left = forms.BooleanField(
        label=_("Who leaves works here no longer"),
        required=False,
        help_text=_("Ends their position here, so that they no longer see what partners need."),
    )

    def __init__(self, *args: Any, contacts: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(person.uid): person for person in contacts}
        choices = [(key, str(person)) for key, person in self.contacts.items()]
        field_of(self, "leaver", forms.ChoiceField).choices = choices
        if len(choices) == 1:
            self.initial.setdefault("leaver", choices[0][0])

    @property
    def person_leaving(self) -> Person:
        """Return the contact who leaves."""
        return self.contacts[self.cleaned_data["leaver"]]


class RemarkForm(forms.Form):
    """A remark on a year in review."""

    text = forms.CharField(
        label=_("Your remark"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Type a remark.")},
    )
