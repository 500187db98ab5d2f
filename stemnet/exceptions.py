"""Every "no" of the ground.

Refused
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

from django.utils.translation import gettext as _


class Refused(Exception):
    """A rule said no, in words fit for the person who reads them."""


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
