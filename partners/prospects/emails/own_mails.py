"""The mails of inviting that the partnership can word; the letter itself is written each time."""

from django.utils.translation import gettext_lazy as _

from partners.people.emails import WORDS
from partners.people.emails.places import ANSWER, DAYS, ORGANIZATION, STAGE, TO_A_PERSON, TOLD, WHO
from stemnet.outbox.worded import OwnMail, Place, add

ABOUT = _("Inviting organizations")
INVITED = (
    Place("name", _("name"), lambda context: context["invitation"].name),
    Place("organization", _("organization"), lambda context: context["invitation"].organization),
    Place("who", _("who invited them"), lambda context: context["invitation"].sender),
)


def add_mails() -> None:
    """Name them."""
    said = (*TOLD, WHO, ORGANIZATION)
    add(
        OwnMail("invited", _("Reminder of an invitation"), ABOUT, "mail/partners/invited", INVITED),
        OwnMail(
            "invited_answered",
            _("An invitation was answered"),
            ABOUT,
            WORDS,
            (*said, ANSWER),
            subject=_("%(organization)s answered: %(answer)s"),
            line=_("%(who)s answered the invitation for %(organization)s: %(answer)s."),
        ),
        OwnMail(
            "invited_stopped",
            _("Somebody wants no more invitations"),
            ABOUT,
            WORDS,
            said,
            subject=_("%(organization)s asked us to stop writing"),
            line=_(
                "%(who)s asked us to stop writing about %(organization)s, so we won't write to them again."
            ),
        ),
        OwnMail(
            "invited_allowed",
            _("Somebody takes invitations again"),
            ABOUT,
            WORDS,
            said,
            subject=_("%(organization)s wants to hear from us again"),
            line=_(
                "%(who)s had asked us to stop writing about %(organization)s, and now wants to hear from "
                "us again."
            ),
        ),
        OwnMail(
            "stale",
            _("An organization has been waiting a long time"),
            ABOUT,
            "mail/partners/stale",
            (*TO_A_PERSON, ORGANIZATION, STAGE, DAYS),
        ),
    )
