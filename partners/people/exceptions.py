"""Every "no" of people: names, addresses, signing in, organizations, positions."""

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


class ConfirmationRefused(PartnersRefused):
    """Nobody's position is confirmed like that; ``str()`` says why."""


class PositionRefused(PartnersRefused):
    """A position can't begin or end like that; ``str()`` says why."""


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


class LinkRefused(PartnersRefused):
    """A private link is not valid any more."""

    def __str__(self) -> str:
        return _("This link is not valid any more.")


class UnknownState(PartnersRefused):
    """This is neither two letters nor the name of a state or territory."""

    def __init__(self, words: str) -> None:
        self.words = words[:80]
        super().__init__()

    def __str__(self) -> str:
        return _("“%(words)s” is no state: write its two letters, such as MA, or its name.") % {
            "words": self.words
        }
