"""What somebody types who asks to be let in: name and e-mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Person
from stemnet.forms.fields import AddressField, NameField


class DoorForm(forms.Form):
    """Somebody at the door who is not on the list; of whoever is signed in, all of it is known."""

    first_name = NameField(label=_("First name"), max_length=100)
    last_name = NameField(label=_("Last name"), max_length=100)
    address = AddressField(label=_("E-mail"), max_length=254)

    def __init__(self, *args: Any, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("first_name", "given-name"), ("last_name", "family-name"), ("address", "email")):
            self.fields[name].widget.attrs["autocomplete"] = kind
        if person is not None:
            self.initial = {
                "first_name": person.first_name,
                "last_name": person.last_name,
                "address": person.primary_address,
            }
            for field in self.fields.values():
                field.disabled, field.widget = True, forms.HiddenInput()
