"""Sending a colleague to one meeting: whom one asks, and what the colleague says."""

from typing import Any

from registrations.models import Substitute
from registrations.seats.domain.substituting import Who
from registrations.seats.forms.replacing import ColleagueForm
from registrations.seats.forms.who import WhoForm


class SubstituteForm(ColleagueForm):
    """Who is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]


class StandInForm(WhoForm):
    """Who the colleague is; the address is the one that was asked."""

    def __init__(self, *args: Any, substitute: Substitute, **kwargs: Any) -> None:
        super().__init__(*args, network=substitute.registration.network, **kwargs)
        del self.fields["address"]

    def coming(self) -> Who:
        """Return who comes."""
        data = self.cleaned_data
        names = {name: data[name] for name in ("first_name", "last_name")}
        return Who(**names, workplace=data["organization"])
