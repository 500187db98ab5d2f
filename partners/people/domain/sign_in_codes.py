"""Codes that prove an address: 6 digits by mail, kept as a keyed hash, few an hour and few tries each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from partners.models import Person
from partners.people.emails import addresses as emails
from partners.people.exceptions import CodeExpired, NoMoreTries, TooManyCodes, WrongCode
from stemnet.outbox.queueing import sent_since

VALID = timedelta(minutes=15)
TEMPLATES = (
    "account/email/login_code",
    "account/email/unknown_account",
    "account/email/email_confirmation",
    "account/email/password_reset_code",
    "mail/partners/address_code",
    "mail/partners/signing_code",
)


def fresh() -> str:
    """Return a new code of 6 digits."""
    return get_random_string(6, "0123456789")


def hashed(code: str) -> str:
    """Return what is kept of a code: without the installation's secret it tells nothing."""
    return salted_hmac("partners.codes", _digits(code), algorithm="sha256").hexdigest()


def matches(typed: str, kept: str) -> bool:
    """Say whether ``typed``, with spaces or dashes or without, is the code of which ``kept`` was kept."""
    return bool(kept) and constant_time_compare(hashed(typed), kept)


def check_sendable(address: str, *, at: datetime, again: bool = False) -> None:
    """Look whether another code may go to ``address``, known or not; ``again`` asks for the pause, too.

    Raises TooManyCodes where five went there within an hour, or the last one has only just gone.
    """
    pause = timedelta(seconds=settings.CODE_RESEND_SECONDS)
    if again and _sent(address, since=at - pause):
        raise TooManyCodes(wait_seconds=settings.CODE_RESEND_SECONDS)
    if _sent(address, since=at - timedelta(hours=1)) >= settings.CODES_PER_HOUR:
        raise TooManyCodes


@dataclass
class Proof:
    """A code under way to an address that somebody wants to add; it lives in their session."""

    address: str
    kept: str
    sent_at: str
    tries: int = 0

    def check(self, typed: str, *, at: datetime) -> None:
        """Count a try and compare.

        Raises CodeExpired where the code is older than 15 minutes; NoMoreTries where this was the fifth wrong
        one, or there were five before; WrongCode where it is another code.
        """
        if at - datetime.fromisoformat(self.sent_at) > VALID:
            raise CodeExpired
        if self.tries < settings.CODE_TRIES and matches(typed, self.kept):
            return
        self.tries += 1
        raise NoMoreTries if self.tries >= settings.CODE_TRIES else WrongCode


def send_proof(person: Person, *, address: str, at: datetime, again: bool = False) -> Proof:
    """Send a code to an address that ``person`` wants to add.

    Raises TooManyCodes (see `check_sendable`).
    """
    check_sendable(address, at=at, again=again)
    code = fresh()
    emails.address_code(person, address=address, code=code, at=at)
    return Proof(address=address, kept=hashed(code), sent_at=at.isoformat())


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isalnum())


def _sent(address: str, *, since: datetime) -> int:
    return sum(sent_since(address=address, template=template, since=since) for template in TEMPLATES)
