"""What is typed when somebody walks in: name, e-mail, organization."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from partners.people.forms.organization_field import OrganizationField
from registrations.attendance.forms.wall_clock import instant_typed


class WalkInForm(forms.Form):
    """One person who came and is not on the list."""

    first_name = forms.CharField(label=_("First name"), max_length=100)
    last_name = forms.CharField(label=_("Last name"), max_length=100)
    address = forms.EmailField(label=_("E-mail"), max_length=254)
    workplace = OrganizationField(label=_("Organization"))
    arrived = forms.CharField(
        label=_("Arrived"),
        max_length=20,
        required=False,
        help_text=_("Such as 9:20. Leave empty if they were here from the start."),
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
        if not full:
            self.fields["reason"].widget = forms.HiddenInput()

    def clean_arrived(self) -> datetime | None:
        """Return the instant of arriving; None means from the start."""
        text = self.cleaned_data["arrived"].strip()
        return instant_typed(text, self.meeting) if text else None
