"""Every "no" that a rule of registering, attending or issuing can say, in words for the person who reads it.

RegistrationsRefused
├── RegistrationRefused
│   ├── NotOpen              not published, cancelled, or closed
│   ├── Full                 no seat, and no (room on the) waitlist
│   ├── AlreadyRegistered    one live registration a person and network
│   └── CommitmentMissing    a required commitment was not accepted
├── CodeRefused              a wrong or expired code; too many codes
│   └── CodeUsed             a code that has made its registration
├── WithdrawingRefused       nothing to leave, or too late
├── AttendanceRefused        a mark that can't be made
│   └── ReasonWanted         a correction without its reason
├── EvaluationRefused        not asked yet, or answered already
└── IssuingRefused           a document that can't be issued, revoked or replaced
    └── UnprintableCharacters no font of the documents has a character of the text
"""

from django.utils.translation import gettext as _


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


class CodeRefused(RegistrationsRefused):
    """The code is wrong, used or expired, or too many were asked for."""


class CodeUsed(CodeRefused):
    """The code has made its registration already."""


class WithdrawingRefused(RegistrationsRefused):
    """There is nothing to leave, or it is too late."""


class AttendanceRefused(RegistrationsRefused):
    """This mark can't be made."""


class ReasonWanted(AttendanceRefused):
    """A correction keeps the old mark and wants a reason."""


class EvaluationRefused(RegistrationsRefused):
    """The evaluation is not asked yet, or was answered already."""


class IssuingRefused(RegistrationsRefused):
    """This document can't be issued, revoked or replaced."""


class UnprintableCharacters(IssuingRefused):
    """No font of the documents has these characters."""

    def __init__(self, characters: str) -> None:
        message = _("Our documents cannot print these characters: %(characters)s")
        super().__init__(message % {"characters": characters})
