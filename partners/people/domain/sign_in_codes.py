"""Codes by which people sign in, choose a new password, or prove an address of theirs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from partners.models import Person
from partners.people.emails import addresses as emails
from partners.people.exceptions import NoAddress
from stemnet import codes


class Purpose(StrEnum):
    """What a code is asked for; each is counted by itself."""

    SIGN_IN = "sign in"
    PASSWORD = "choose a password"  # noqa: S105 - no password
    ADDRESS = "add an address"
    DELETION = "delete my data"


def check_sendable(address: str, *, purpose: Purpose, client: str, at: datetime, again: bool = False) -> None:
    """Look whether ``client`` may ask for another code, known address or not; note that it did.

    ``again`` asks for the pause, too. Raises TooManyCodes.
    """
    codes.check_sendable(address, purpose=purpose, client=client, at=at, again=again)


@dataclass(frozen=True)
class Proof:
    """A code under way to an address that somebody wants to add; which one, they keep in their session."""

    address: str
    code: str

    def check(self, typed: str, *, at: datetime) -> None:
        """Count a try and compare. Raises CodeExpired, NoMoreTries, WrongCode."""
        codes.check_kept(self.code, typed=typed, at=at)


def send_proof(person: Person, *, address: str, client: str, at: datetime, again: bool = False) -> Proof:
    """Send a code to an address that ``person`` wants to add. Raises TooManyCodes."""
    check_sendable(address, purpose=Purpose.ADDRESS, client=client, at=at, again=again)
    uid, code = codes.keep(at=at)
    emails.address_code(person, address=address, code=code, at=at)
    return Proof(address=address, code=str(uid))


def send_deletion_code(person: Person, *, client: str, at: datetime, again: bool = False) -> Proof:
    """Send a code to the primary address of ``person``, who wants their data deleted.

    Raises TooManyCodes, and NoAddress where there is none to send it to.
    """
    address = person.primary_address
    if not address:
        raise NoAddress
    check_sendable(address, purpose=Purpose.DELETION, client=client, at=at, again=again)
    uid, code = codes.keep(at=at)
    emails.deletion_code(person, code=code, at=at)
    return Proof(address=address, code=str(uid))
