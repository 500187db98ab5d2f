"""Every "no" of marking attendance."""

from registrations.seats.exceptions import RegistrationsRefused


class AttendanceRefused(RegistrationsRefused):
    """This mark can't be made."""


class ReasonWanted(AttendanceRefused):
    """A correction keeps the old mark and wants a reason."""
