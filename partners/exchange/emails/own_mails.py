"""The mails about matches that the partnership can word."""

from django.utils.translation import gettext_lazy as _

from partners.people.emails import WORDS
from partners.people.emails.places import CATEGORY, GIVER, ORGANIZATION, TAKER, TO_A_PERSON, TOLD
from stemnet.outbox.worded import Context, OwnMail, Place, add

ABOUT = _("Needs and contributions")


def _outcome(context: Context) -> object:
    return _("is confirmed") if context.get("confirmed") else _("is off")


def add_mails() -> None:
    """Name them."""
    match = (TAKER, GIVER, CATEGORY)
    outcome = Place("outcome", _("is confirmed, or is off"), _outcome)
    paused = (*TOLD, ORGANIZATION, CATEGORY)
    add(
        OwnMail("introduced", _("Introducing two partners"), ABOUT, "mail/partners/introduced", match),
        OwnMail(
            "match_moved",
            _("A match was confirmed, or is off"),
            ABOUT,
            "mail/partners/match_moved",
            (*TO_A_PERSON, *match, outcome),
        ),
        OwnMail(
            "matches_still",
            _("How is a match going?"),
            ABOUT,
            WORDS,
            TO_A_PERSON,
            subject=_("How is “%(category)s” going?"),
            line=_("%(organization)s confirmed “%(category)s”. Was it delivered?"),
        ),
        OwnMail(
            "match_rests",
            _("A match is paused"),
            ABOUT,
            WORDS,
            paused,
            subject=_("Your match with %(organization)s is paused: %(category)s"),
            line=_("%(organization)s is no longer a partner, so your match about “%(category)s” is paused."),
        ),
        OwnMail(
            "match_goes_on",
            _("A match is back on"),
            ABOUT,
            WORDS,
            paused,
            subject=_("Your match with %(organization)s is back on: %(category)s"),
            line=_(
                "%(organization)s is a partner again, so your match about “%(category)s” picks up where it "
                "left off."
            ),
        ),
    )
