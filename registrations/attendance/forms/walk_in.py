"""What is typed when somebody walks in: name, e-mail, organization."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from partners.models import Person
from partners.people.forms.organization_field import OrganizationField
from registrations.attendance.forms.wall_clock import instant_typed
from stemnet.forms.fields import AddressField, NameField

OTHER = "other"


class WalkInForm(forms.Form):
    """One person who came and is not on the list."""

    first_name = NameField(label=_("First name"), max_length=100)
    last_name = NameField(label=_("Last name"), max_length=100)
    address = AddressField(label=_("E-mail"), max_length=254)
    meant = forms.CharField(label=_("Who came?"), required=False, widget=forms.HiddenInput)
    workplace = OrganizationField(label=_("Organization"))
    arrived = forms.CharField(
        label=_("Arrived"),
        max_length=20,
        required=False,
        help_text=_("For example, 9:20. Leave empty if they were here from the start."),
    )
    reason = forms.CharField(
        label=_("Why over the limit"),
        max_length=300,
        required=False,
        help_text=_("Only if every seat is taken. We keep it with the registration."),
    )

    def __init__(self, *args: Any, meeting: Meeting, full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if meant := self.data.get("meant"):
            asked = Person.objects.holding(self.data.get("address", "")).first()
            if asked and meant in (OTHER, str(asked.uid)):
                self.ask_who(asked)
        if not full:
            self.fields["reason"].widget = forms.HiddenInput()

    def ask_who(self, holder: Person) -> None:
        """Ask whether it is whoever holds the address; what was typed stays."""
        answers = [
            (str(holder.uid), _("It's %(person)s") % {"person": holder}),
            (OTHER, _("It's someone else, and I typed their own address above")),
        ]
        field = self.fields["meant"]
        field.required, field.widget = True, forms.RadioSelect(choices=answers)

    def clean_arrived(self) -> datetime | None:
        """Return the instant of arriving; None means from the start."""
        text = self.cleaned_data["arrived"].strip()
        return instant_typed(text, self.meeting) if text else None
