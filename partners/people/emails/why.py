"""Why somebody gets a mail, which its last lines say: each kind of reason once, in the active language."""

from django.utils.translation import gettext as _

from partners.models import Organization


def typed_to_sign_in() -> str:
    """Say that the address was typed on the page to sign in."""
    return _(
        "You're getting this because somebody typed this address to sign in. If it wasn't you, you "
        "can ignore it."
    )


def typed_in_the_portal() -> str:
    """Say that the address was typed to be added."""
    return _(
        "You're getting this because somebody typed this address in the portal. If it wasn't you, "
        "you can ignore it."
    )


def sign_in_changed() -> str:
    """Say that a password, a passkey or the like was changed."""
    return _("You're getting this because a way to sign in here was changed.")


def addresses_changed() -> str:
    """Say that the reader's addresses were changed."""
    return _("You're getting this because your e-mail addresses here were changed.")


def coordinates() -> str:
    """Say that the reader coordinates the partnership."""
    return _("You're getting this because you coordinate the partnership.")


def answers_for(organization: Organization) -> str:
    """Say that the reader answers who works at an organization."""
    return _("You're getting this because you're the lead contact for %(name)s.") % {"name": organization}


def asked_whether_you_work_there() -> str:
    """Say that it was asked whether the reader works there."""
    return _("You're getting this because you said that you work for a partner.")


def named_contact(organization: Organization) -> str:
    """Say that the reader was just named as a contact."""
    return _("You're getting this because you were named as a contact for %(name)s.") % {"name": organization}


def asked_for_deletion() -> str:
    """Say that the reader asked for their data to be deleted."""
    return _(
        "You're getting this because somebody who was signed in to your account asked us to delete your data."
    )


def data_was_deleted() -> str:
    """Say that the reader's data was just deleted."""
    return _("You're getting this because your data here was deleted. It's the last e-mail we'll send you.")


def asked_about_old_address() -> str:
    """Say that the reader told us of an old address of theirs."""
    return _("You're getting this because you told us that an old e-mail address was yours.")
