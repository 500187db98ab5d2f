"""What transcripts refuse.

RegistrationsRefused
└── TranscriptRefused        a transcript or a link that can't be had as asked
    └── NoHours              there is nothing that a transcript could say
"""

from django.utils.translation import gettext as _

from registrations.seats.exceptions import RegistrationsRefused


class TranscriptRefused(RegistrationsRefused):
    """A transcript or a link to one can't be had as asked."""


class NoHours(TranscriptRefused):
    """Nobody marked the person anywhere yet."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("You have no hours yet. Your transcript begins with the first meeting you were at.")
        )
