"""The mails about signing in and about one's own addresses, and what every mail ends with."""

from datetime import datetime
from uuid import uuid4

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from partners.models import Person, known_partnership
from partners.people.emails import to_person, why
from stemnet.models import Mail
from stemnet.outbox.queueing import queue
from stemnet.telling import afterwards

NOTICES: dict[str, Promise] = {
    "account/email/password_changed": _("Your password was changed"),
    "account/email/password_reset": _("Your password was changed"),
    "account/email/password_set": _("A password was set"),
    "mfa/email/totp_activated": _("An authenticator app was added"),
    "mfa/email/totp_deactivated": _("Your authenticator app was removed"),
    "mfa/email/webauthn_added": _("A passkey was added"),
    "mfa/email/webauthn_removed": _("A passkey was removed"),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made"),
}


def in_every_mail() -> dict[str, object]:
    """Return what every mail ends with: the partnership's name and postal address."""
    return {"partnership": known_partnership()}


def from_allauth(template: str, *, address: str, code: str, key: str, at: datetime) -> None:
    """Queue one of allauth's mails: a code, or a notice about a way to sign in."""
    template = template.removesuffix("_signup")
    person = Person.objects.holding(address).first()
    language = person.language if person else "en"
    notice = NOTICES.get(template)
    with override(language):
        reason = why.sign_in_changed() if notice else why.typed_to_sign_in()
    queue(
        key=key,
        address=address,
        template="account/email/notice" if notice else template,
        context={"code": code, "notice": notice, "networks": _path("networks"), "why": reason},
        at=at,
        recipient=f"person:{person.uid}" if person else "",
        language=language,
        secret=notice is None,
    )


def address_code(person: Person, *, address: str, code: str, at: datetime) -> None:
    """Send the code that proves an address which ``person`` wants to add."""
    to_person(
        person,
        "mail/partners/address_code",
        lambda: {"code": code, "why": why.typed_in_the_portal()},
        key=f"address_code:{uuid4()}",
        address=address,
        secret=True,
        at=at,
    )


def deletion_code(person: Person, *, code: str, at: datetime) -> None:
    """Send the code by which somebody confirms that their data is to be deleted."""
    to_person(
        person,
        "mail/partners/deletion_code",
        lambda: {"code": code, "why": why.asked_for_deletion()},
        key=f"deletion_code:{uuid4()}",
        secret=True,
        at=at,
    )


@afterwards
def primary_changed(person: Person, *, old: str, new: str, at: datetime) -> None:
    """Tell the old primary address that mail goes elsewhere now (docs/rules.md 13.14)."""
    _notice("primary_changed", person, to=old, about=new, at=at)


@afterwards
def address_added(person: Person, *, address: str, at: datetime) -> None:
    """Tell the primary address that another one can sign in from now on."""
    _notice("address_added", person, to=person.primary_address, about=address, at=at)


@afterwards
def address_removed(person: Person, *, address: str, at: datetime) -> None:
    """Tell an address that it was removed."""
    _notice("address_removed", person, to=address, about=address, at=at)


@afterwards
def people_merged(person: Person, *, to: str, at: datetime, by_yourself: bool = False) -> None:
    """Tell each of two addresses that they belong to one account from now on, and who did that."""
    _notice("people_merged", person, to=to, about=to, at=at, by_yourself=by_yourself)


def data_deleted(person: Person, *, at: datetime) -> None:
    """Tell the primary address that what we knew is deleted; the last mail, which forgets its address."""
    address, name = person.primary_address, str(person)
    if not address:
        return
    with override(person.language):
        context = {"name": name, "why": why.data_was_deleted(), "verify": _path("verify")}
    queue(
        key=f"data_deleted:{uuid4()}",
        address=address,
        template="mail/partners/data_deleted",
        context=context,
        object=Mail.ABOUT_REMOVED,
        language=person.language,
        secret=True,
        at=at,
    )


def _notice(template: str, person: Person, *, to: str, about: str, at: datetime, **said: object) -> None:
    """Queue one notice about ``about`` to the address ``to``."""
    to_person(
        person,
        f"mail/partners/{template}",
        lambda: {"address": about, "why": why.addresses_changed(), **said},
        key=f"{template}:{person.uid}:{about}:{at.isoformat()}",
        address=to,
        at=at,
    )


def _path(name: str) -> str:
    """Return the address of a page of an upper app, or of the home page where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return "/"
