"""Codes that prove an address on registering, and how many forms and codes one client may send."""

from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from registrations.models import Hold
from registrations.seats.emails import registering as emails
from registrations.seats.exceptions import CodeOfAnotherForm, CodeUsed, HoldExpired
from stemnet import codes
from stemnet.exceptions import CodeRefused, WrongCode
from stemnet.limits import within_limit

HOUR = 3600


def client_of(address: str) -> str:
    """Return a client's network address as it is kept: a keyed hash of 64 letters."""
    return salted_hmac("registrations.client", address, algorithm="sha256").hexdigest()


def check_limits(*, address: str, client: str, at: datetime, again: bool = False) -> None:
    """Raise CodeRefused where the address or the client had its share of codes within an hour."""
    codes.check_sendable(address, purpose="register", client=client, at=at, again=again)
    if not _within_limit("code", client, at=at):
        raise CodeRefused(
            sentence=_("Too many codes have been requested from your location. Try again in an hour.")
        )


def check_forms(*, client: str, at: datetime) -> None:
    """Raise CodeRefused where one client sent too many forms without a code within an hour."""
    if not _within_limit("form", client, at=at):
        raise CodeRefused(
            sentence=_("Too many forms have been sent from your location. Try again in an hour.")
        )


def send_code(hold: Hold, *, at: datetime) -> None:
    """Give ``hold`` a new code, save it and queue its mail; older codes are void from now on."""
    code = codes.fresh()
    hold.code_hash, hold.tries, hold.sent_at = codes.hashed(code, bound_to=_bound_to(hold)), 0, at
    hold.codes += 1
    hold.save()
    emails.code_sent(hold, code, number=hold.codes, at=at)


def is_void(hold: Hold) -> bool:
    """Return whether the code was wrong too often."""
    return hold.tries >= settings.CODE_TRIES


def check_code(hold: Hold, code: str, *, at: datetime) -> None:
    """Raise CodeRefused unless ``code`` is the one sent last; every try is counted before it is judged."""
    if hold.used_at is not None:
        raise CodeUsed
    if hold.expires_at <= at:
        raise HoldExpired
    try:
        codes.compare(Hold.objects.filter(pk=hold.pk), typed=code, bound_to=_bound_to(hold))
    except WrongCode as wrong:
        others = Hold.objects.live(at).filter(network=hold.network_id, address=hold.address)
        if any(codes.matches(code, other.code_hash, bound_to=_bound_to(other)) for other in others):
            raise CodeOfAnotherForm from wrong
        raise


def _bound_to(hold: Hold) -> str:
    return f"hold:{hold.uid}"


def _within_limit(what: str, client: str, *, at: datetime) -> bool:
    most = settings.CODES_PER_CLIENT_HOUR
    return within_limit(what=f"registering.{what}", client=client, most=most, seconds=HOUR, at=at)
