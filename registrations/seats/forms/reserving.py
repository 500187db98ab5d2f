"""What is typed about reserved seats: by coordinators, and by the contact of an organization."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Network
from meetings.planning.domain import planning
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.fields import WallMomentField
from meetings.planning.forms.window import wall_moment
from partners.models import Sector
from partners.people.forms.organization_field import OrganizationField, OrganizationWidget
from registrations.models import Reservation
from stemnet.forms.fields import AddressField, LineField, NameField

MOST = 10_000


class NumberForm(forms.Form):
    """How many seats, until when, and why more than are free."""

    number = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    until = WallMomentField(
        label=gettext_lazy("Kept until"),
        required=False,
        help_text=gettext_lazy("Seats that nobody uses are given back then. Leave empty to keep them."),
    )
    reason = LineField(label=gettext_lazy("Why, if it's more than are free"), max_length=300, required=False)

    def __init__(
        self, *args: Any, network: Network, reservation: Reservation | None = None, **kwargs: Any
    ) -> None:
        self.network = network
        if reservation is not None:
            until = wall_moment(reservation.until, network.zone)
            kwargs["initial"] = {"number": reservation.seats, "until": until}
            kwargs["prefix"] = f"r{reservation.pk}"
        super().__init__(*args, **kwargs)

    def clean_until(self) -> datetime | None:
        """Turn the wall time into the moment at the network's place, or say why it is none."""
        typed: datetime | None = self.cleaned_data["until"]
        if typed is None:
            return None
        try:
            return planning.instant(typed.date(), typed.time(), self.network.zone)
        except WallTimeRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ReserveForm(NumberForm):
    """The same for an organization that has none yet."""

    organization = OrganizationField(
        label=gettext_lazy("Organization"), widget=OrganizationWidget(only_listed=True)
    )
    field_order = ("organization", "number", "until", "reason")

    def clean(self) -> dict[str, Any]:
        """Want an organization of the list."""
        data = super().clean() or self.cleaned_data
        workplace = data.get("organization")
        if workplace is not None and workplace.organization is None:
            self.add_error("organization", _("Choose an organization from the list."))
        return data


class SectorForm(forms.Form):
    """At most so many seats for a sector; none takes the limit off."""

    sector = forms.ChoiceField(label=gettext_lazy("Sector"), choices=Sector.choices)
    at_most = forms.IntegerField(
        label=gettext_lazy("Seats at most"),
        min_value=0,
        max_value=MOST,
        required=False,
        help_text=gettext_lazy("Leave empty for no limit."),
    )


class PlacesForm(forms.Form):
    """The places of one meeting in the room and online."""

    room = forms.IntegerField(label=gettext_lazy("In the room"), min_value=0, max_value=MOST, required=False)
    online = forms.IntegerField(label=gettext_lazy("Online"), min_value=0, max_value=MOST, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs |= {"prefix": f"m{meeting.pk}"}
        kwargs |= {"initial": {"room": meeting.room_seats, "online": meeting.online_seats}}
        super().__init__(*args, **kwargs)
        self.meeting = meeting


class NameForm(forms.Form):
    """Who comes on a reserved seat."""

    first_name = NameField(label=gettext_lazy("First name"), max_length=100)
    last_name = NameField(label=gettext_lazy("Last name"), max_length=100)
    address = AddressField(label=gettext_lazy("E-mail address"))
