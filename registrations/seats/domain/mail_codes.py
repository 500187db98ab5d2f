"""Codes that prove an address on registering, and how many forms and codes one client may send."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from registrations.models import Hold
from registrations.seats.emails import registering as emails
from registrations.seats.exceptions import CodeOfAnotherForm, CodeUsed, HoldExpired
from stemnet import codes
from stemnet.exceptions import CodeRefused, WrongCode
from stemnet.limits import within_limit
from stemnet.outbox.queueing import add

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
    """Give ``hold`` a new code and queue its mail; older codes are void from now on.

    It is rendered first, and holds nothing meanwhile. Of two at once, one sends; where the process is
    killed before, the hold has no code, and the next form gets one.
    """
    code, number = codes.fresh(), hold.codes + 1
    kept = codes.hashed(code, bound_to=_bound_to(hold))
    mail = emails.code_mail(hold, code, number=number, at=at)
    with transaction.atomic():
        mine = Hold.objects.filter(pk=hold.pk, codes=hold.codes)
        if mine.update(code_hash=kept, tries=0, sent_at=at, codes=number):
            add([mail], at=at)
    hold.code_hash, hold.tries, hold.sent_at, hold.codes = kept, 0, at, number


def is_void(hold: Hold) -> bool:
    """Return whether the code was wrong too often."""
    return hold.tries >= settings.CODE_TRIES


def check_code(hold: Hold, code: str, *, at: datetime) -> None:
    """Raise CodeRefused unless ``code`` is the one sent last; every try is counted before it is judged.

    ``hold`` is as it stands afterwards.
    """
    check_usable(hold, at=at)
    codes.count_try(Hold.objects.filter(pk=hold.pk))
    hold.refresh_from_db(fields=["used_at", "expires_at", "keeps_seat", "takes_seat", "code_hash", "tries"])
    check_usable(hold, at=at)
    try:
        codes.judge(code, kept=hold.code_hash, tries=hold.tries, bound_to=_bound_to(hold))
    except WrongCode as wrong:
        others = Hold.objects.live(at).filter(network=hold.network_id, address=hold.address)
        if any(codes.matches(code, other.code_hash, bound_to=_bound_to(other)) for other in others):
            raise CodeOfAnotherForm from wrong
        raise


def check_usable(hold: Hold, *, at: datetime) -> None:
    """Raise CodeRefused where a hold was used or ran out."""
    if hold.used_at is not None:
        raise CodeUsed
    if hold.expires_at <= at:
        raise HoldExpired


def _bound_to(hold: Hold) -> str:
    return f"hold:{hold.uid}"


def _within_limit(what: str, client: str, *, at: datetime) -> bool:
    most = settings.CODES_PER_CLIENT_HOUR
    return within_limit(what=f"registering.{what}", client=client, most=most, seconds=HOUR, at=at)
