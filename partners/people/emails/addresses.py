"""The e-mails of partners: codes, and notices about one's own addresses and ways to sign in."""

from datetime import datetime
from uuid import uuid4

from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Partnership, Person
from stemnet.domain import mail

NOTICES: dict[str, Promise] = {
    "account/email/password_changed": gettext_lazy("Your password was changed"),
    "account/email/password_reset": gettext_lazy("Your password was changed"),
    "account/email/password_set": gettext_lazy("A password was set"),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added"),
    "mfa/email/totp_deactivated": gettext_lazy("Your authenticator app was removed"),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added"),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed"),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made"),
}


def in_every_mail() -> dict[str, object]:
    """Return what every mail ends with: the partnership's name and postal address."""
    return {"partnership": Partnership.objects.select_related("host").first()}


def from_allauth(template: str, *, address: str, code: str, key: str, at: datetime) -> None:
    """Queue one of allauth's mails: a code, or a notice about a way to sign in."""
    template = template.removesuffix("_signup")
    person = Person.objects.holding(address).first()
    language = person.language if person else "en"
    notice = NOTICES.get(template)
    with translation.override(language):
        why = (
            _("You get this because a way to sign in here was changed.")
            if notice
            else _(
                "You get this because somebody typed this address to sign in. If it was not you, ignore it."
            )
        )
    mail.queue(
        key=key,
        address=address,
        template="account/email/notice" if notice else template,
        context={"code": code, "notice": notice, "person": person, "networks": _path("networks"), "why": why},
        at=at,
        recipient=str(person.uid) if person else "",
        language=language,
        secret=notice is None,
    )


def address_code(person: Person, *, address: str, code: str, at: datetime) -> None:
    """Send the code that proves an address which ``person`` wants to add."""
    with translation.override(person.language):
        why = _(
            "You get this because somebody typed this address in the portal. If it was not you, ignore it."
        )
    mail.queue(
        key=f"address_code:{uuid4()}",
        address=address,
        template="mail/partners/address_code",
        context={"code": code, "why": why},
        at=at,
        recipient=str(person.uid),
        language=person.language,
        secret=True,
    )


def primary_changed(person: Person, *, old: str, new: str, at: datetime) -> None:
    """Tell the old primary address that mail goes elsewhere now (docs/rules.md 13.14)."""
    _notice("primary_changed", person, to=old, about=new, at=at)


def address_added(person: Person, *, address: str, at: datetime) -> None:
    """Tell the primary address that another one can sign in from now on."""
    _notice("address_added", person, to=person.primary_address, about=address, at=at)


def address_removed(person: Person, *, address: str, at: datetime) -> None:
    """Tell an address that it was removed."""
    _notice("address_removed", person, to=address, about=address, at=at)


def people_merged(person: Person, *, to: str, at: datetime) -> None:
    """Tell each of two addresses that they belong to one account from now on."""
    _notice("people_merged", person, to=to, about=to, at=at)


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


def _path(name: str) -> str:
    """Return the address of a page of an upper app, or of the home page where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return "/"
