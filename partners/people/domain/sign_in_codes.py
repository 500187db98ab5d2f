"""Codes by which people sign in, choose a new password, or prove an address of theirs."""

from dataclasses import dataclass
from datetime import datetime

from partners.models import Person
from partners.people.emails import addresses as emails
from stemnet import codes

TEMPLATES = (
    "account/email/login_code",
    "account/email/unknown_account",
    "account/email/email_confirmation",
    "account/email/password_reset_code",
    "mail/partners/address_code",
)


def check_sendable(address: str, *, at: datetime, again: bool = False) -> None:
    """Look whether another code may go to ``address``, known or not; ``again`` asks for the pause, too.

    Raises TooManyCodes.
    """
    codes.check_sendable(address, templates=TEMPLATES, at=at, again=again)


@dataclass(frozen=True)
class Proof:
    """A code under way to an address that somebody wants to add; which one, they keep in their session."""

    address: str
    code: str

    def check(self, typed: str, *, at: datetime) -> None:
        """Count a try and compare. Raises CodeExpired, NoMoreTries, WrongCode."""
        codes.check_kept(self.code, typed=typed, at=at)


def send_proof(person: Person, *, address: str, at: datetime, again: bool = False) -> Proof:
    """Send a code to an address that ``person`` wants to add. Raises TooManyCodes."""
    check_sendable(address, at=at, again=again)
    uid, code = codes.keep(at=at)
    emails.address_code(person, address=address, code=code, at=at)
    return Proof(address=address, code=str(uid))
