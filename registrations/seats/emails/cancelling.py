"""The mail that tells those in line, and whoever has no meeting ahead, that a network is called off."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from meetings.models import Network
from registrations.models import Registration
from stemnet.domain import mail


def network_cancelled(registrations: Iterable[Registration], *, reason: str, at: datetime) -> None:
    """Queue one mail a person; mail preferences do not stop it."""
    letters = [letter(registration, reason) for registration in registrations]
    mail.put(mail.prepare_many([one for one in letters if one["address"]], at=at), at=at)


def letter(registration: Registration, reason: str) -> mail.Letter:
    """Return the mail to one person, in their language; one a registration, however often it is asked for."""
    person, network = registration.person, registration.network
    with override(person.language):
        return {
            "key": f"network_cancelled:{registration.uid}",
            "address": person.primary_address,
            "template": "mail/registrations/network_cancelled",
            "context": {
                "person": person,
                "network": network,
                "reason": reason,
                "waits": not registration.is_seated,
                "why": why(network),
            },
            "recipient": f"person:{person.uid}",
            "object": f"registration:{registration.uid}",
            "language": person.language,
        }


def why(network: Network) -> str:
    """Say why the mail comes."""
    return _("You get this mail because you registered for %(network)s.") % {"network": network}
