"""Every "no" between the people of a network, children of `RegistrationsRefused`.

RegistrationsRefused
└── TogetherRefused          what people of a network can't do with each other
    ├── CardRefused          a card can't be shown now
    ├── LetterRefused        a letter can't go to this person, or not today
    └── HidingRefused        something can't be reported, hidden or shown now
"""

from registrations.seats.exceptions import RegistrationsRefused


class TogetherRefused(RegistrationsRefused):
    """People of a network can't do this with each other."""


class CardRefused(TogetherRefused):
    """A card can't be shown now: no seat, or staff have hidden it."""


class LetterRefused(TogetherRefused):
    """A letter can't go to this person, or not today."""


class HidingRefused(TogetherRefused):
    """Something can't be reported, hidden or shown now."""
