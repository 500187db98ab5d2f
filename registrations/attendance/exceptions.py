"""Every "no" of marking attendance, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── AttendanceRefused        a mark that can't be made
    ├── MeetingCancelled     nobody is marked at a meeting that was cancelled
    └── ReasonWanted         a correction keeps the old mark and wants a reason
"""

from django.utils.translation import gettext as _

from registrations.seats.exceptions import RegistrationsRefused


class AttendanceRefused(RegistrationsRefused):
    """This mark can't be made."""


class MeetingCancelled(AttendanceRefused):
    """Nobody is marked at a meeting that was cancelled."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This meeting was cancelled."))


class ReasonWanted(AttendanceRefused):
    """A correction keeps the old mark and wants a reason."""
