"""The mails about action items that a network or the partnership can word."""

from django.utils.translation import gettext_lazy as _

from meetings.planning.emails import NETWORK
from partners.people.emails import WORDS
from partners.people.emails.places import DAY, ORGANIZATION, TO_A_PERSON, TOLD, WHAT, WHO
from stemnet.outbox.worded import OwnMail, add

ABOUT = _("Action items")


def add_mails() -> None:
    """Name them; a reminder of several items, of whatever network, begins as the partnership says."""
    add(
        OwnMail(
            "action_item",
            _("An action item or homework was given"),
            ABOUT,
            WORDS,
            (*TOLD, NETWORK, WHO, WHAT, DAY, ORGANIZATION),
            of_network=True,
            subject=_("Action item: %(what)s"),
            line=_("%(who)s asked you to do this by %(day)s: %(what)s"),
        ),
        OwnMail(
            "action_items",
            _("Reminder of action items"),
            ABOUT,
            WORDS,
            (*TO_A_PERSON, NETWORK),
            of_network=True,
            subject=_("Reminder: %(what)s"),
            line=_("“%(what)s” is due on %(day)s."),
        ),
        OwnMail(
            "homework",
            _("Asking again for homework"),
            ABOUT,
            WORDS,
            (*TO_A_PERSON, NETWORK),
            of_network=True,
            subject=_("Reminder: %(what)s"),
            line=_("“%(what)s” is due on %(day)s."),
        ),
    )
