"""The root of every "no" of the portal, and those of the ground.

Refused
├── CodeRefused              a code that doesn't prove anything, or is not sent
│   ├── WrongCode            not the one that was sent
│   ├── NoMoreTries          wrong too often
│   ├── CodeExpired          too old, or there is none
│   └── TooManyCodes         too many went to this address
├── NotResendable            only what failed or is in doubt is sent again
├── UnknownJob               nothing in the portal does jobs of this kind
├── Unprintable              no font of the documents has these characters
└── UnreadableTable          a file that can't be read as a table
    ├── TableTooLarge        more bytes, rows or columns than the portal reads
    ├── NotATable            neither CSV nor XLSX
    ├── WrongEncoding        a CSV file that is not UTF-8
    └── FormulaWithoutValue  a formula that was never worked out

Whatever a rule refuses is a child of `Refused`: a view shows its sentence, and a job that is refused ends
with it. The areas draw their own children in their ``exceptions``; docs/errors-and-words.md draws the whole.

A class that stands for one situation owns its sentence, and takes what the sentence needs as arguments. A
class that stands for a topic is given the sentence by name: ``MergeRefused(sentence=_("…"))``.
"""

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refused(Exception):
    """A rule said no, in a sentence fit for the person who reads it."""

    def __init__(self, *, sentence: str) -> None:
        super().__init__(sentence)


class CodeRefused(Refused):
    """A code doesn't prove anything, or none is sent."""


class WrongCode(CodeRefused):
    """The code is not the one that was sent; ``left`` is how many tries there are, where that is said."""

    def __init__(self, *, left: int = 0) -> None:
        sentence = _("This is not the code that we sent. Look at the newest mail and type its 6 digits.")
        if left:
            tries = ngettext("One try is left.", "%(left)s tries are left.", left) % {"left": left}
            sentence = f"{sentence} {tries}"
        super().__init__(sentence=sentence)


class NoMoreTries(CodeRefused):
    """The code was wrong too often."""

    def __init__(self) -> None:
        sentence = ngettext(
            "The code was wrong and is void now. Ask for a new one.",
            "The code was wrong %(times)s times and is void now. Ask for a new one.",
            settings.CODE_TRIES,
        )
        super().__init__(sentence=sentence % {"times": apnumber(settings.CODE_TRIES)})


class CodeExpired(CodeRefused):
    """The code is too old, or there is none."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This code is no longer valid. Ask for a new one."))


class TooManyCodes(CodeRefused):
    """Too many codes went to this address, or the last one has only just gone."""

    def __init__(self, *, wait_seconds: int = 0) -> None:
        if wait_seconds:
            sentence = _("A code has just been sent. Wait %(seconds)s seconds before you ask for another.")
        else:
            sentence = _(
                "We sent several codes to this address within an hour. "
                "Use the newest one, or try again later."
            )
        super().__init__(sentence=sentence % {"seconds": wait_seconds})


class NotResendable(Refused):
    """Only what failed or is in doubt may be sent again."""

    def __init__(self) -> None:
        super().__init__(sentence=_("Only a mail that failed or is in doubt can be sent again."))


class UnknownJob(Refused):
    """Nothing in the portal knows how to do this kind of job."""

    def __init__(self, kind: str) -> None:
        super().__init__(sentence=_("The portal has no job of the kind “%(kind)s”.") % {"kind": kind})


class Unprintable(Refused):
    """No font of the documents has these characters."""

    def __init__(self, characters: str) -> None:
        sentence = _("Our documents cannot print these characters: %(characters)s")
        super().__init__(sentence=sentence % {"characters": characters})


class UnreadableTable(Refused):
    """A file cannot be read as a table."""


class TableTooLarge(UnreadableTable):
    """The file has more bytes, rows or columns than the portal reads."""


class NotATable(UnreadableTable):
    """The file is neither CSV nor XLSX."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This is not a table. Please choose a CSV or XLSX file."))


class WrongEncoding(UnreadableTable):
    """The CSV file is not UTF-8."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("The CSV file is not in UTF-8. Save it as “CSV UTF-8” or as XLSX and try again.")
        )


class FormulaWithoutValue(UnreadableTable):
    """A cell holds a formula that no spreadsheet program has worked out."""

    def __init__(self, cell: str) -> None:
        sentence = _(
            "Cell %(cell)s holds a formula without a value. "
            "Save the file in a spreadsheet program and try again."
        )
        super().__init__(sentence=sentence % {"cell": cell})
