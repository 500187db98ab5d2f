"""Who somebody is: the fields that every registration asks, and the short form of an information session."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.models import Person
from partners.people.forms.organization_field import OrganizationField
from registrations.seats.domain.answers import Answers
from stemnet.forms.fields import AddressField, NameField


class WhoForm(forms.Form):
    """Who somebody is: what every registration asks."""

    first_name = NameField(
        label=gettext_lazy("First name"),
        error_messages={"required": gettext_lazy("Type your first name.")},
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = NameField(
        label=gettext_lazy("Last name"),
        error_messages={"required": gettext_lazy("Type your last name.")},
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    address = AddressField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    organization = OrganizationField(label=gettext_lazy("Organization"))

    def __init__(self, *args: Any, network: Network, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network, self.person = network, person
        if person is not None:
            del self.fields["address"]

    def who(self) -> dict[str, Any]:
        """Return the clean values as `Answers` names them."""
        data = self.cleaned_data
        workplace = data["organization"]
        return {
            "address": self.person.primary_address if self.person else data["address"],
            "first_name": data["first_name"],
            "last_name": data["last_name"],
            "organization": workplace.organization.pk if workplace.organization else None,
            "organization_words": workplace.words,
        }


class SessionForm(WhoForm):
    """The short form of an information session: no code, no login, no commitments."""

    party_size = forms.IntegerField(
        label=gettext_lazy("How many are coming"),
        min_value=1,
        max_value=20,
        initial=1,
        help_text=gettext_lazy("Including you. If more than 20 are coming, write to the contact."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def answers(self) -> Answers:
        """Return what was typed."""
        return Answers(**self.who(), party_size=self.cleaned_data["party_size"])


def initial_of_person(person: Person) -> dict[str, Any]:
    """Return what we know of somebody who is signed in, so that they need not type it."""
    position = person.positions.select_related("organization").filter(ended_on__isnull=True).last()
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "certificate_name": person.printed_name,
        "job": position.job if position else "",
        "organization": (position.organization or position.organization_words) if position else "",
        "address": person.primary_address,
    }
