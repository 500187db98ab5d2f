"""Why somebody gets a mail, which its last lines say: each kind of reason once, in the active language."""

from django.utils.translation import gettext as _

from partners.models import Mou, Organization


def contact(organization: Organization) -> str:
    """Say that the reader is a contact."""
    return _("You're getting this because you're a contact for %(name)s.") % {"name": organization}


def was_contact(organization: Organization) -> str:
    """Say that the reader was a contact until now."""
    return _("You're getting this because you were a contact for %(name)s.") % {"name": organization}


def writes_part(organization: Organization) -> str:
    """Say that the reader is drafter or lead contact of a part."""
    return _("You're getting this because you work on the part of the MOU for %(name)s.") % {
        "name": organization
    }


def contact_for_mou(organization: Organization) -> str:
    """Say that the reader is the lead contact of a part."""
    return _("You're getting this because you're the contact for %(name)s in the MOU.") % {
        "name": organization
    }


def coordinates_or_writes_part(name: str) -> str:
    """Say why contacts of a partner, named as it signs, and coordinators get a mail."""
    return _(
        "You're getting this because you coordinate the partnership or work on the part for %(name)s."
    ) % {"name": name}


def coordinates_or_contact(mou: Mou) -> str:
    """Say why one gets a mail about the calendar of a memorandum."""
    return _("You're getting this because you coordinate the partnership or are a contact for “%(mou)s”.") % {
        "mou": mou
    }


def proposed() -> str:
    """Say that the reader proposed a change."""
    return _("You're getting this because you proposed a change to the memorandum.")


def signs(names: str) -> str:
    """Say that the reader is named as signatory of the partners ``names``."""
    return _("You're getting this because you've been named to sign for %(names)s.") % {"names": names}


def opened_to_sign(name: str) -> str:
    """Say that somebody opened the page of a signature."""
    return _("You're getting this because somebody opened the page to sign for %(name)s.") % {"name": name}
