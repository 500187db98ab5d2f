"""Every "no" of people, and the root of those of this app, children of `stemnet.exceptions.Refused`.

PartnersRefused
├── AddressRefused           an e-mail address that can't be used that way
│   ├── AddressNotProved     only a proved address can be the primary one
│   ├── AddressTaken         another person holds it
│   ├── NoAddress            nobody signs in without one
│   └── PrimaryAddressStays  the primary one can't be removed
├── ConfirmationRefused      a position that is not confirmed like that
│   └── AnsweredMeanwhile    somebody else has answered
├── DeletionRefused          nobody's data is deleted like that
│   └── DeletionBlocked      something is in the way, each with what to do
├── EducatorNumberRefused    a number that we can't keep for an educator
│   ├── BirthDateTyped       it looks like a birth date
│   ├── NumberMisshapen      it is too short, too long, or has other signs
│   └── SocialSecurityNumberTyped  it looks like a Social Security number
├── LinkRefused              a private link that is not valid any more
├── LogoRefused              a file that is no logo that we can show
├── PositionRefused          a position that can't begin or end like that
└── UnknownState             neither two letters nor the name of a state or territory
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stemnet.exceptions import Refused


class PartnersRefused(Refused):
    """A rule about people and organizations said no."""


class AddressRefused(PartnersRefused):
    """An e-mail address can't be used that way."""


class AddressNotProved(AddressRefused):
    """Only an address that was proved by a code can be the primary one."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("Confirm this address with a code first. Then you can make it your primary one.")
        )


class AddressTaken(AddressRefused):
    """Another person holds the address."""

    def __init__(self) -> None:
        sentence = _(
            "This address belongs to another person in our records. If both are you, write to "
            "the network's contact, who can merge them."
        )
        super().__init__(sentence=sentence)


class NoAddress(AddressRefused):
    """Nobody signs in without an e-mail address."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This person has no e-mail address yet."))


class PrimaryAddressStays(AddressRefused):
    """The primary address can't be removed."""

    def __init__(self) -> None:
        sentence = _("This is your primary address. Before you remove it, make another one primary.")
        super().__init__(sentence=sentence)


class ConfirmationRefused(PartnersRefused):
    """Nobody's position is confirmed like that."""


class AnsweredMeanwhile(ConfirmationRefused):
    """Somebody else has answered whether these people work there."""

    def __init__(self) -> None:
        super().__init__(sentence=_("Somebody else has already answered this."))


class DeletionRefused(PartnersRefused):
    """Nobody's data is deleted like that."""


class DeletionBlocked(DeletionRefused):
    """Something is in the way of a deletion, which is to be settled first."""

    def __init__(self, blocks: Sequence[str]) -> None:
        super().__init__(sentence=_("This can't be deleted yet. %(why)s") % {"why": " ".join(blocks)})


class EducatorNumberRefused(PartnersRefused):
    """A number can't be kept for an educator."""


class SocialSecurityNumberTyped(EducatorNumberRefused):
    """It looks like a Social Security number, which we never keep."""

    def __init__(self) -> None:
        sentence = _(
            "This looks like a Social Security number. We never keep those. Type the number that your "
            "state or district gave you as an educator."
        )
        super().__init__(sentence=sentence)


class BirthDateTyped(EducatorNumberRefused):
    """It looks like a birth date, which we never keep."""

    def __init__(self) -> None:
        sentence = _(
            "This looks like a date. We never keep birth dates. Type the number that your state or "
            "district gave you as an educator."
        )
        super().__init__(sentence=sentence)


class NumberMisshapen(EducatorNumberRefused):
    """It is too short or too long, or has signs in it that such a number has not."""

    def __init__(self, label: str, shortest: int, longest: int, *, letters: bool) -> None:
        words = {"kind": label, "least": shortest, "most": longest}
        if letters:
            sentence = _("%(kind)s: type %(least)s to %(most)s letters and digits.")
        elif shortest == longest:
            sentence = _("%(kind)s: type all %(most)s digits, with the zeros at the start.")
        else:
            sentence = _("%(kind)s: type %(least)s to %(most)s digits.")
        super().__init__(sentence=sentence % words)


class LinkRefused(PartnersRefused):
    """A private link is not valid any more."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This link no longer works."))


class PositionRefused(PartnersRefused):
    """A position can't begin or end like that."""


class UnknownState(PartnersRefused):
    """This is neither two letters nor the name of a state or territory."""

    def __init__(self, words: str) -> None:
        sentence = _("“%(words)s” isn't a state. Write two letters, such as MA, or the full name.")
        super().__init__(sentence=sentence % {"words": words[:80]})


class LogoRefused(PartnersRefused):
    """A file is no picture that every browser shows, or too large."""
