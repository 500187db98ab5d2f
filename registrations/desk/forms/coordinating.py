"""What a coordinator types beside the network's page: which year to list, and why a network is cancelled."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from registrations.seats.domain.occupancy import OccupiedNetwork
from stemnet.forms.fields import field_of


class StaffNetworksForm(forms.Form):
    """School year and status; both optional, unknown values are ignored."""

    year = forms.ChoiceField(label=_("School year"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Any")), *Network.Status.choices]
    )

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Any")), *((year, year) for year in years)]
        field_of(self, "year", forms.ChoiceField).choices = choices

    def narrow(self, networks: QuerySet[OccupiedNetwork]) -> QuerySet[OccupiedNetwork]:
        """Return those of ``networks`` that were asked for."""
        self.is_valid()
        if self.cleaned_data.get("year"):
            networks = networks.filter(school_year=self.cleaned_data["year"])
        if self.cleaned_data.get("status"):
            networks = networks.filter(status=self.cleaned_data["status"])
        return networks

    @property
    def narrowed(self) -> bool:
        """Return whether anything was chosen."""
        self.is_valid()
        return any(self.cleaned_data.values())


class CancelForm(forms.Form):
    """Why a network is called off."""

    reason = forms.CharField(
        label=_("Why are you cancelling it?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who is registered gets this in an e-mail."),
    )
