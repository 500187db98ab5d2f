"""The mail that tells those in line, and whoever has no meeting ahead, that a network is called off."""

from collections.abc import Iterable
from datetime import datetime

from partners.people.emails import letter_to
from registrations.models import Registration
from registrations.seats.emails import why
from stemnet.outbox.queueing import Letter, prepare_many, put


def network_cancelled(registrations: Iterable[Registration], *, reason: str, at: datetime) -> None:
    """Queue one mail a person; mail preferences do not stop it."""
    letters = [letter(registration, reason) for registration in registrations]
    put(prepare_many([one for one in letters if one["address"]], at=at), at=at)


def letter(registration: Registration, reason: str) -> Letter:
    """Return the mail to one person; one a registration, however often it is asked for."""
    network = registration.network
    return letter_to(
        registration.person,
        "mail/registrations/network_cancelled",
        lambda: {
            "network": network,
            "reason": reason,
            "waits": not registration.is_seated,
            "why": why.had_registered(network),
        },
        key=f"network_cancelled:{registration.uid}",
        about=f"registration:{registration.uid}",
    )
