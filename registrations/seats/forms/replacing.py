"""Giving one's seat to a colleague: whom one asks, and what the colleague says on taking it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from registrations.models import Replacement
from registrations.seats.forms.register import RegisterForm
from stemnet.forms.fields import AddressField, LineField, NameField


class ColleagueForm(forms.Form):
    """Who is asked, and why."""

    first_name = NameField(
        label=gettext_lazy("First name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Type your colleague's first name.")},
    )
    last_name = NameField(
        label=gettext_lazy("Last name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Type your colleague's last name.")},
    )
    address = AddressField(
        label=gettext_lazy("E-mail address"),
        error_messages={"required": gettext_lazy("Type your colleague's e-mail address.")},
        help_text=gettext_lazy("We'll send a private link there."),
    )
    reason = LineField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Optional. Your colleague and staff can read it."),
    )


class TakingForm(RegisterForm):
    """Everything that a registration asks; the address is the one that was asked."""

    def __init__(self, *args: Any, replacement: Replacement, **kwargs: Any) -> None:
        super().__init__(*args, network=replacement.registration.network, **kwargs)
        self.replacement = replacement
        del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """Add the address that was asked."""
        self.cleaned_data["address"] = self.replacement.address
        return super().clean()
