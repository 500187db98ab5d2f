"""Every "no" of registering and leaving."""

from stemnet.exceptions import CodeRefused


class RegistrationsRefused(Exception):
    """What was asked can't be done; ``str()`` says why."""


class RegistrationRefused(RegistrationsRefused):
    """This person can't be registered."""


class NotOpen(RegistrationRefused):
    """Registration is not open: not published, cancelled, or closed."""


class Full(RegistrationRefused):
    """No seat is free and there is no room on a waitlist."""


class AlreadyRegistered(RegistrationRefused):
    """This person has a live registration in this network."""


class CommitmentMissing(RegistrationRefused):
    """A required commitment was not accepted."""


class CodeUsed(CodeRefused):
    """The code has made its registration already."""


class WithdrawingRefused(RegistrationsRefused):
    """There is nothing to leave, or it is too late."""
