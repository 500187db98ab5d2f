"""The e-mails of partners: notices about one's own addresses."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from partners.models import Partnership, Person
from stemnet.domain import mail


def in_every_mail() -> dict[str, object]:
    """Return what every mail ends with: the partnership's name and postal address."""
    return {"partnership": Partnership.objects.select_related("host").first()}


def primary_changed(person: Person, *, old: str, new: str, at: datetime) -> None:
    """Tell the old primary address that mail goes elsewhere now (traps.md T21)."""
    _notice("primary_changed", person, to=old, about=new, at=at)


def address_added(person: Person, *, address: str, at: datetime) -> None:
    """Tell the primary address that another one can sign in from now on."""
    _notice("address_added", person, to=person.primary_address, about=address, at=at)


def address_removed(person: Person, *, address: str, at: datetime) -> None:
    """Tell an address that it was removed."""
    _notice("address_removed", person, to=address, about=address, at=at)


def _notice(template: str, person: Person, *, to: str, about: str, at: datetime) -> None:
    """Queue one notice about ``about`` to the address ``to``."""
    with translation.override(person.language):
        why = _("You get this because your e-mail addresses here were changed.")
    mail.queue(
        key=f"{template}:{person.uid}:{about}:{at.isoformat()}",
        address=to,
        template=f"mail/partners/{template}",
        context={"person": person, "address": about, "why": why},
        at=at,
        recipient=str(person.uid),
        language=person.language,
    )
