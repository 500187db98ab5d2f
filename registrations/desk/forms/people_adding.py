"""What staff type to register somebody: name, e-mail, organization, and why beyond a limit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Job, Person
from partners.people.forms.organization_field import OrganizationField
from stemnet.forms.fields import AddressField, NameField

OTHER = "other"


class AddForm(forms.Form):
    """One person whom staff register."""

    first_name = NameField(label=_("First name"), max_length=100)
    last_name = NameField(label=_("Last name"), max_length=100)
    address = AddressField(label=_("E-mail"), max_length=254)
    meant = forms.CharField(label=_("Whom do you mean?"), required=False, widget=forms.HiddenInput)
    workplace = OrganizationField(label=_("Organization"))
    job = forms.ChoiceField(label=_("Job"), required=False, choices=[("", _("Not chosen")), *Job.choices])
    over = forms.BooleanField(label=_("Even if every seat is taken"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_(
            "Needed to go over the seats or a limit, and when registration isn't open. We keep it, and they "
            "read it in the e-mail."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meant := self.data.get("meant"):
            asked = Person.objects.holding(self.data.get("address", "")).first()
            if asked and meant in (OTHER, str(asked.uid)):
                self.ask_who(asked)

    def ask_who(self, holder: Person) -> None:
        """Ask whether it is whoever holds the address; what was typed stays."""
        answers = [
            (str(holder.uid), _("I mean %(person)s") % {"person": holder}),
            (OTHER, _("I mean someone else, and I typed their own address above")),
        ]
        field = self.fields["meant"]
        field.required, field.widget = True, forms.RadioSelect(choices=answers)
