"""Coming to one meeting as a guest: who, and how."""

from typing import Any

from meetings.models import Meeting, Network
from registrations.seats.domain import ways
from registrations.seats.forms.ways import WayField
from registrations.seats.forms.who import WhoForm

WAY = "way"


class GuestForm(WhoForm):
    """Who comes; and in the room or online, where the meeting has places for each."""

    def __init__(self, *args: Any, meeting: Meeting, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, network=network, **kwargs)
        if ways.has_choice(meeting):
            self.fields[WAY] = WayField(ways.places_of([meeting])[meeting.pk], later=False)

    def typed(self) -> dict[str, Any]:
        """Return what was typed as a session keeps it."""
        return {**self.who(), "way": self.cleaned_data.get(WAY, "")}
