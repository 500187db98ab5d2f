"""Forms of retention: how many days, and a legal hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.people.forms.organization_field import OrganizationField
from stemnet.forms.fields import AddressField, LineField


class DaysForm(forms.Form):
    """How long a class is kept, and why."""

    days = forms.IntegerField(
        label=_("Days"),
        min_value=0,
        required=False,
        help_text=_("Leave it empty to keep this data permanently."),
    )
    reason = LineField(
        label=_("Why"), max_length=300, help_text=_("Such as the schedule of public records that says so.")
    )


class HoldForm(forms.Form):
    """What is kept until further notice: about a person, or about a network or an organization."""

    address = AddressField(label=_("E-mail address of a person"), required=False)
    network = forms.ModelChoiceField(
        label=_("Or a network with its people"),
        queryset=Network.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("No network"),
    )
    organization = OrganizationField(label=_("Or an organization with its people"), required=False)
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
        help_text=_("Without one, the hold is in effect until somebody lifts it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["network"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Network.objects.order_by("-pk")

    def clean(self) -> dict[str, Any]:
        """Want a person, a network or an organization that is listed: one of them."""
        given: dict[str, Any] = super().clean() or {}
        named = [given.get(name) for name in ("address", "network", "organization")]
        if not self.errors and len([one for one in named if one]) != 1:
            self.add_error(None, _("Name a person, a network or an organization: one of them."))
        place = given.get("organization")
        if place and place.organization is None:
            self.add_error("organization", _("Choose an organization from the list."))
        return given
