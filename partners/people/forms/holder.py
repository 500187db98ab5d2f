"""Whether somebody is meant who has the address that was typed, and goes by another name."""

from django import forms
from django.utils.translation import gettext as _

from partners.models import Person
from stemnet.forms.fields import field_of


class SureField(forms.CharField):
    """A box that appears with the question and holds the address that it is about."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)


def ask_who_holds(
    form: forms.Form, *, address: str, first_name: str, last_name: str, sure: str, names_them: bool
) -> None:
    """Add an error and a box to check to a form where the name typed isn't that of the address's holder.

    The words are names of its fields. ``names_them`` says who the holder is, for readers who may know.
    """
    typed = form.cleaned_data
    if not all(typed.get(name) for name in (address, first_name, last_name)):
        return
    asked = typed[address]
    holder = Person.objects.holding(asked).first()
    if holder is None or holder.is_called(typed[first_name], typed[last_name]):
        return
    if typed.get(sure) == asked:
        return
    who = {"person": holder}
    form.add_error(
        address,
        _("This is the e-mail address of %(person)s. Is that who you mean?") % who
        if names_them
        else _("Somebody with another name uses this e-mail address. Is the address right?"),
    )
    field = field_of(form, sure, SureField)
    form[sure].label = _("Yes, %(person)s") % who if names_them else _("Yes, the address is right")
    field.widget = forms.CheckboxInput({"value": asked})
