"""Why somebody gets a mail, which its last lines say: each kind of reason once, in the active language."""

from django.utils.translation import gettext as _


def writes_for_one_of_two() -> str:
    """Say that the reader writes for one of the partners of a match."""
    return _("You're getting this because you're a contact for one of the two partners.")


def writes_for_one_of_two_or_coordinates() -> str:
    """Say the same where coordinators are in copy."""
    return _(
        "You're getting this because you're a contact for one of the two partners, or coordinate "
        "the partnership."
    )
