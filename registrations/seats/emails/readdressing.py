"""Mail about an address that staff corrected: to the old one and to the new one."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.people.emails import WORDS
from registrations.models import Registration
from registrations.seats.emails import why
from stemnet.outbox.queueing import queue
from stemnet.telling import afterwards


@afterwards
def address_corrected(registration: Registration, *, old: str, new: str, changed: bool, at: datetime) -> None:
    """Tell the new address, and the old one where it isn't told already that mail goes elsewhere.

    Neither mail has a link that proves or changes anything.
    """
    for address in [new] if changed or not old else [old, new]:
        _send(registration, address, new=new, changed=changed, at=at)


def _send(registration: Registration, address: str, *, new: str, changed: bool, at: datetime) -> None:
    person, network = registration.person, registration.network
    with override(person.language):
        context: dict[str, Any] = {
            "person": person,
            "network": network,
            **(_changed(registration, new) if changed else _asked(registration, new)),
            "why": why.had_registered(network),
        }
        if network.contact_email:
            words = _("If you think this is a mistake, write to %(address)s.")
            context["lines"].append(words % {"address": network.contact_email})
    queue(
        key=f"address_corrected:{registration.uid}:{new}:{address}:{at.isoformat()}"[:250],
        address=address,
        template=WORDS,
        context=context,
        recipient=f"person:{person.uid}",
        object=f"registration:{registration.uid}",
        language=person.language,
        at=at,
    )


def _changed(registration: Registration, new: str) -> dict[str, Any]:
    words = {"network": registration.network, "address": new}
    return {
        "subject": _("Your e-mail address was corrected: %(network)s") % words,
        "lines": [
            _("The staff of %(network)s corrected your e-mail address.") % words,
            _("Our e-mail goes to %(address)s now.") % words,
            _("When you sign in with it, we'll send it a code. That shows us that it's yours."),
        ],
        "action": _("Sign in"),
        "url": reverse("account_login"),
    }


def _asked(registration: Registration, new: str) -> dict[str, Any]:
    words = {"network": registration.network, "address": new}
    return {
        "subject": _("Is this your e-mail address? %(network)s") % words,
        "lines": [
            _("The staff of %(network)s think that your e-mail address is %(address)s now.") % words,
            _("We haven't changed anything. If it's yours, sign in as before and add it to your addresses."),
            _("If you can't read mail at the old address anymore, you can say so there, too."),
        ],
        "action": _("Sign in"),
        "url": reverse("account_login"),
    }
