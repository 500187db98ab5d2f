"""Every "no" of the ground.

Refused
├── CodeRefused
│   ├── WrongCode
│   ├── NoMoreTries
│   ├── CodeExpired
│   └── TooManyCodes
├── MailRefused
│   └── NotResendable
├── JobRefused
│   └── UnknownJob
├── Unprintable
└── UnreadableTable
    ├── TableTooLarge
    ├── NotATable
    └── WrongEncoding
"""

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refused(Exception):
    """A rule said no, in words fit for the person who reads them."""


class CodeRefused(Refused):
    """A code doesn't prove anything, or none is sent."""


class WrongCode(CodeRefused):
    """The code is not the one that was sent; ``left`` is how many tries there are, where that is said."""

    def __init__(self, *, left: int = 0) -> None:
        self.left = left
        super().__init__()

    def __str__(self) -> str:
        said = _("This is not the code that we sent. Look at the newest mail and type its 6 digits.")
        if not self.left:
            return said
        tries = ngettext("One try is left.", "%(left)s tries are left.", self.left) % {"left": self.left}
        return f"{said} {tries}"


class NoMoreTries(CodeRefused):
    """The code was wrong too often."""

    def __str__(self) -> str:
        said = ngettext(
            "The code was wrong and is void now. Ask for a new one.",
            "The code was wrong %(times)s times and is void now. Ask for a new one.",
            settings.CODE_TRIES,
        )
        return said % {"times": apnumber(settings.CODE_TRIES)}


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


class MailRefused(Refused):
    """The outbox said no."""


class NotResendable(MailRefused):
    """Only what failed or is in doubt may be sent again."""

    def __str__(self) -> str:
        return _("Only a mail that failed or is in doubt can be sent again.")


class JobRefused(Refused):
    """A job cannot be started or run."""


class UnknownJob(JobRefused):
    """Nothing in the portal knows how to do this kind of job."""


class Unprintable(Refused):
    """No font of the documents has these characters."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        message = _("Our documents cannot print these characters: %(characters)s")
        super().__init__(message % {"characters": characters})


class UnreadableTable(Refused):
    """A file cannot be read as a table."""


class TableTooLarge(UnreadableTable):
    """The file is larger than the portal reads."""


class NotATable(UnreadableTable):
    """The file is neither CSV nor XLSX."""


class WrongEncoding(UnreadableTable):
    """The CSV file is not UTF-8."""
