"""The form of somebody for whom somebody else asked for a seat: all that registering asks but the address."""

from typing import Any

from registrations.models import SeatInvitation
from registrations.seats.forms.register import RegisterForm


class InvitedForm(RegisterForm):
    """Everything that a registration asks; the address is the one that was asked."""

    def __init__(self, *args: Any, invitation: SeatInvitation, **kwargs: Any) -> None:
        super().__init__(*args, network=invitation.network, **kwargs)
        self.invitation = invitation
        del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """Add the address that was asked."""
        self.cleaned_data["address"] = self.invitation.address
        return super().clean()
