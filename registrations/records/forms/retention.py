"""Forms of retention: how many days, and a legal hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from stemnet.forms.fields import AddressField, LineField


class DaysForm(forms.Form):
    """How long a class is kept, and why."""

    days = forms.IntegerField(
        label=_("Days"),
        min_value=0,
        required=False,
        help_text=_("Leave it empty to keep this class always."),
    )
    reason = LineField(
        label=_("Why"), max_length=300, help_text=_("Such as the schedule of public records that says so.")
    )


class HoldForm(forms.Form):
    """What is kept until further notice: all about one person, or about one network and its people."""

    address = AddressField(label=_("E-mail address of a person"), required=False)
    network = forms.ModelChoiceField(
        label=_("Or a network with its people"),
        queryset=Network.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("No network"),
    )
    reason = LineField(label=_("Why"), max_length=300, help_text=_("Only coordinators read this."))
    ask = LineField(
        label=_("Who to ask"),
        max_length=200,
        help_text=_(
            "We show this to people who want their data deleted. Name an office and its phone number."
        ),
    )
    until = forms.DateField(
        label=_("Last day (optional)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Without one, the hold stands until somebody lifts it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Network.objects.order_by("-pk")

    def clean(self) -> dict[str, Any]:
        """Want a person or a network, not both."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(given.get("address")) == bool(given.get("network")):
            self.add_error(None, _("Name a person or a network: one of them."))
        return given
