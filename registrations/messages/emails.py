"""Why somebody gets a message, and where their answer goes."""

from django.utils.translation import gettext as _

from partners.models import known_partnership
from registrations.models import Message

TEMPLATE = "mail/registrations/message"


def why(message: Message) -> str:
    """Say why the reader gets it, in the active language."""
    if message.group is not None:
        return _("You're getting this because you're in the group %(group)s.") % {"group": message.group}
    if message.network is not None:
        return _("You're getting this because the staff of %(network)s wrote to you.") % {
            "network": message.network
        }
    return _("You're getting this because you're a contact of a partner of %(name)s.") % {
        "name": known_partnership() or _("the partnership")
    }


def answers_go_to(message: Message) -> str:
    """Return the address of whoever wrote it, or else of the network's contact."""
    contact = message.network.contact_email if message.network else ""
    return message.written_by.primary_address or contact
