"""What the contacts of a partner change about it: its public words, and who looks after it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Organization, Person
from partners.people.domain.logos import clean_logo
from partners.people.exceptions import LogoRefused
from partners.people.forms.holder import SureField, ask_who_holds
from stemnet.forms.fields import AddressField, NameField, field_of


class OwnOrganizationForm(forms.ModelForm[Organization]):
    """What everyone reads about a partner, and whether the partnership may show it off."""

    about = forms.CharField(
        label=_("About us"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Two or three sentences for your public page."),
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    new_logo = forms.FileField(
        label=_("Your logo"),
        required=False,
        help_text=_(
            "PNG, JPEG or WebP, up to 500 KB. We show it on your page and in the list of partners, if you "
            "agree above."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
    without_logo = forms.BooleanField(label=_("Remove the logo we have"), required=False)

    class Meta:
        model = Organization
        fields = ["about", "website", "publicity"]
        labels = {"publicity": _("Can the partnership show you in its publications?")}
        widgets = {"publicity": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["without_logo"]
        self.order_fields(["about", "website", "publicity", "new_logo", "without_logo"])

    def clean_new_logo(self) -> Any:
        """Refuse what is no picture, and what is too large."""
        file = self.cleaned_data["new_logo"]
        if file:
            try:
                clean_logo(file)
            except LogoRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return file


class HandOverForm(forms.Form):
    """Who leaves, and who takes over."""

    leaver = forms.ChoiceField(
        label=_("Who is leaving"), error_messages={"required": _("Choose who is leaving.")}
    )
    address = AddressField(label=_("E-mail address of the new contact"), max_length=254)
    sure = SureField()
    first_name = NameField(label=_("First name"), max_length=100)
    last_name = NameField(label=_("Last name"), max_length=100)
    left = forms.BooleanField(
        label=_("The person leaving no longer works here"),
        required=False,
        help_text=_("This ends their position here, so they can no longer see what partners need."),
    )

    def __init__(self, *args: Any, contacts: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {str(person.uid): person for person in contacts}
        choices = [(key, str(person)) for key, person in self.contacts.items()]
        field_of(self, "leaver", forms.ChoiceField).choices = choices
        if len(choices) == 1:
            self.initial.setdefault("leaver", choices[0][0])

    def clean(self) -> dict[str, Any]:
        """Ask whether an address is meant that somebody of another name has."""
        given = super().clean() or {}
        names = {"first_name": "first_name", "last_name": "last_name"}
        ask_who_holds(self, address="address", sure="sure", names_them=False, **names)
        return given

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
