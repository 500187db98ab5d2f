"""Every "no" between the people of a network, children of `RegistrationsRefused`.

RegistrationsRefused
└── TogetherRefused          what people of a network can't do with each other
    ├── CardRefused          a card can't be shown now
    ├── LetterRefused        a letter can't go to this person, or not today
    ├── HidingRefused        something can't be reported, hidden or shown now
    └── TopicRefused         a topic can't be proposed, voted on, commented on or decided now
        └── AskedBefore      the same topic, or one like it, was proposed already
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from registrations.models import Proposal
from registrations.seats.exceptions import RegistrationsRefused


class TogetherRefused(RegistrationsRefused):
    """People of a network can't do this with each other."""


class CardRefused(TogetherRefused):
    """A card can't be shown now: no seat, or staff have hidden it."""


class LetterRefused(TogetherRefused):
    """A letter can't go to this person, or not today."""


class HidingRefused(TogetherRefused):
    """Something can't be reported, hidden or shown now."""


class TopicRefused(TogetherRefused):
    """A topic can't be proposed, voted on, commented on or decided now."""


class AskedBefore(TopicRefused):
    """The same topic was proposed already, or one like it; ``found`` are those."""

    def __init__(self, *, found: Sequence[Proposal], is_same: bool) -> None:
        self.found, self.is_same = found, is_same
        if is_same:
            sentence = _("This was proposed already. Vote for it instead.")
        else:
            sentence = _(
                "This sounds like what was proposed already. Vote for that, or propose yours anyway."
            )
        super().__init__(sentence=sentence)
