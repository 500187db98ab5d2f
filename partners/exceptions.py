"""Every "no" of partners.

stemnet.exceptions.Refused
└── PartnersRefused
    ├── AddressRefused
    │   ├── AddressTaken
    │   ├── AddressNotProved
│   ├── NoAddress
    │   └── PrimaryAddressStays
    ├── CodeRefused
    │   ├── WrongCode
    │   ├── NoMoreTries
    │   ├── CodeExpired
    │   └── TooManyCodes
    ├── ConfirmationRefused
    ├── ExchangeRefused
    ├── HandOverRefused
    ├── ImportRefused
    │   ├── CellRefused
    │   └── ImportChanged
    ├── InvitationRefused
    ├── LinkRefused
    ├── RemarkRefused
    ├── MergeRefused
    ├── MouRefused
    │   ├── ChangedMeanwhile
    │   ├── ContactsChanged
    │   ├── LinkTooOld
    │   ├── NotOpen
    │   ├── SigningChanged
    │   └── TermOver
    ├── PositionRefused
    └── StageRefused
        └── MovedByAnother
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from stemnet.exceptions import Refused


class PartnersRefused(Refused):
    """A rule about people and organizations said no."""


class AddressRefused(PartnersRefused):
    """An e-mail address can't be used that way."""


class AddressTaken(AddressRefused):
    """Another person holds the address."""

    def __str__(self) -> str:
        return _(
            "Another person is listed with this address. "
            "If both are you, write to the network's contact, who can put them together."
        )


class RemarkRefused(PartnersRefused):
    """This remark can't stand beside a year in review, or not yet."""


class ConfirmationRefused(PartnersRefused):
    """Nobody's position is confirmed like that; ``str()`` says why."""


class PositionRefused(PartnersRefused):
    """A position can't begin or end like that; ``str()`` says why."""


class HandOverRefused(PartnersRefused):
    """A contact's work can't be handed over like that."""


class ImportRefused(PartnersRefused):
    """A table can't be imported like that; ``str()`` says why."""


class CellRefused(ImportRefused):
    """A cell does not hold what its column should; ``str()`` says why."""


class ImportChanged(ImportRefused):
    """What becomes of the rows is not what was looked at any more, so nothing was imported."""

    def __str__(self) -> str:
        return _(
            "Something changed after you looked at these rows, so nothing was imported. "
            "The rows below are looked at again; those that changed are marked."
        )


class AddressNotProved(AddressRefused):
    """Only an address that was proved by a code can be the primary one."""

    def __str__(self) -> str:
        return _("Confirm this address with a code first. Then it can be your primary one.")


class NoAddress(AddressRefused):
    """Nobody signs in without an e-mail address."""

    def __str__(self) -> str:
        return _("This person has no e-mail address yet.")


class PrimaryAddressStays(AddressRefused):
    """The primary address can't be removed."""

    def __str__(self) -> str:
        return _("This is your primary address. Make another one primary before you remove it.")


class CodeRefused(PartnersRefused):
    """A code doesn't prove anything."""


class WrongCode(CodeRefused):
    """The code is not the one that was sent."""

    def __str__(self) -> str:
        return _("This is not the code that we sent. Look at the newest mail and type its 6 digits.")


class NoMoreTries(CodeRefused):
    """The code was wrong too often."""

    def __str__(self) -> str:
        return _("The code was wrong five times. Ask for a new one.")


class CodeExpired(CodeRefused):
    """The code is too old, or there is none."""

    def __str__(self) -> str:
        return _("This code is no longer valid. Ask for a new one.")


class TooManyCodes(CodeRefused):
    """Too many codes went to this address, or the last one has only just gone."""

    def __init__(self, *, wait_seconds: int = 0) -> None:
        self.wait_seconds = wait_seconds
        super().__init__()

    def __str__(self) -> str:
        if self.wait_seconds:
            return _("A code has just been sent. Wait %(seconds)s seconds before you ask for another.") % {
                "seconds": self.wait_seconds
            }
        return _(
            "We sent several codes to this address within an hour. Use the newest one, or try again later."
        )


class LinkRefused(PartnersRefused):
    """A private link is not valid any more."""

    def __str__(self) -> str:
        return _("This link is not valid any more.")


class ExchangeRefused(PartnersRefused):
    """A need, contribution or match can't be changed that way; ``str()`` says why."""


class MergeRefused(PartnersRefused):
    """These two can't be made one, or a merge can't be taken back; ``str()`` says why."""


class MouRefused(PartnersRefused):
    """The memorandum or a part of it can't be changed that way; ``str()`` says why."""


class ChangedMeanwhile(MouRefused):
    """Somebody else saved the same words since the page was opened; ``who`` names them."""

    def __init__(self, *, who: str = "") -> None:
        self.who = who
        super().__init__()

    def __str__(self) -> str:
        return _("Someone changed this while you were writing.")


class ContactsChanged(MouRefused):
    """Others than the page showed would be written to at some ``organizations`` now."""

    def __init__(self, organizations: Sequence[Any], *, others_asked: bool = False) -> None:
        self.organizations, self.others_asked = list(organizations), others_asked
        super().__init__()

    def __str__(self) -> str:
        names = {"names": ", ".join(str(one) for one in self.organizations)}
        if self.others_asked:
            return (
                _(
                    "Not asked, since whom we would write to changed after you looked: %(names)s. "
                    "Look at the list again. The others were asked."
                )
                % names
            )
        return (
            _(
                "Whom we would write to changed after you looked: %(names)s. Nobody was asked. "
                "Look at the marked rows and check them again."
            )
            % names
        )


class LinkTooOld(MouRefused):
    """The link to sign has run out; a new one can be sent to the same address."""

    def __str__(self) -> str:
        return _("This link has run out. Ask for a new one: it goes to the same address.")


class NotOpen(MouRefused):
    """The signature was given, declined, handed on or overtaken meanwhile."""

    def __str__(self) -> str:
        return _("This is no longer open for signature.")


class SigningChanged(MouRefused):
    """What is signed is not what the page showed when it was opened."""

    def __str__(self) -> str:
        return _("This changed after you opened the page, so nothing was signed. Read it again below.")


class TermOver(MouRefused):
    """The last day of what would be signed is past, or the partner has left."""

    def __str__(self) -> str:
        return _("The term of this document is over for this partner, so nothing is signed any more.")


class InvitationRefused(PartnersRefused):
    """An organization can't be suggested or invited that way; ``str()`` says why."""


class StageRefused(PartnersRefused):
    """An organization can't take this step on its way; ``str()`` says why."""


class MovedByAnother(StageRefused):
    """Somebody else has moved the organization since the page was opened."""
