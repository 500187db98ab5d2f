"""The mails about people and their addresses that the partnership can word."""

from django.utils.translation import gettext_lazy as _

from partners.people.emails import WORDS
from partners.people.emails.places import ADDRESS, ORGANIZATION, TO_A_PERSON, TOLD, WHO
from stemnet.outbox.worded import OwnMail, add

ABOUT = _("People and addresses")


def add_mails() -> None:
    """Name them."""
    for kind, label in (
        ("address_added", _("An address was added")),
        ("address_removed", _("An address was removed")),
        ("primary_changed", _("The primary address changed")),
        ("people_merged", _("Two accounts were combined")),
    ):
        add(OwnMail(kind, label, ABOUT, f"mail/partners/{kind}", (*TO_A_PERSON, ADDRESS)))
    add(
        OwnMail(
            "confirm",
            _("Does somebody work there?"),
            ABOUT,
            WORDS,
            (*TOLD, WHO, ORGANIZATION),
            subject=_("Does %(who)s work at %(organization)s?"),
            line=_("%(who)s says they do, and would like to see what partners need."),
        ),
        OwnMail(
            "confirmed",
            _("Somebody was confirmed at a partner"),
            ABOUT,
            WORDS,
            (*TOLD, ORGANIZATION),
            subject=_("You've been confirmed at %(organization)s"),
            line=_("You can now see what partners need and who contributes what."),
        ),
        OwnMail(
            "contact",
            _("Somebody is now a contact"),
            ABOUT,
            WORDS,
            (*TOLD, WHO, ORGANIZATION),
            subject=_("You're now a contact for %(organization)s"),
            line=_(
                "%(who)s named you. You keep its page up to date, list what it needs and contributes, and "
                "confirm the people who work there."
            ),
        ),
        OwnMail(
            "undelivered",
            _("E-mail isn't going out"),
            ABOUT,
            WORDS,
            TO_A_PERSON,
            subject=_("Some e-mail isn't going out"),
            line=_("2 e-mails failed in the last day."),
        ),
    )
