"""The root of every "no" of the portal, and those of the ground.

Refused
├── CellNotExact             text that a file for other programs can't hold as it is
├── CodeRefused              a code that doesn't prove anything, or is not sent
│   ├── WrongCode            not the one that was sent
│   ├── NoMoreTries          wrong too often
│   ├── CodeExpired          too old, or there is none
│   └── TooManyCodes         too many went to this address
├── FileRefused              a file that nobody may share here
├── HoldRefused              a legal hold that can't be set as asked
├── NotResendable            only what failed or is in doubt is sent again
├── RetentionRefused         a time to keep that a rule forbids
├── SealUnusable             the seal of the documents can't be used now
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

from stemnet.one_line import hidden_shown


class Refused(Exception):
    """A rule said no, in a sentence fit for the person who reads it."""

    def __init__(self, *, sentence: str) -> None:
        super().__init__(sentence)


class CellNotExact(Refused):
    """A file for other programs can't hold this text as it is, or a spreadsheet might run it."""

    def __init__(self, text: str, *, row: int, column: str) -> None:
        sentence = _(
            "Row %(row)s has something in the column “%(column)s” that this kind of file can't hold as it "
            "is: “%(text)s”. Correct it where it was typed, or choose the file for reading."
        )
        shown = hidden_shown(text if len(text) <= 60 else f"{text[:59]}…")
        super().__init__(sentence=sentence % {"row": row, "column": column, "text": shown})


class CodeRefused(Refused):
    """A code doesn't prove anything, or none is sent."""


class WrongCode(CodeRefused):
    """The code is not the one that was sent; ``left`` is how many tries there are, where that is said."""

    def __init__(self, *, left: int = 0) -> None:
        sentence = _("That's not the code we sent. Check our latest e-mail and type its 6-digit code.")
        if left:
            tries = ngettext("You have one try left.", "You have %(left)s tries left.", left) % {"left": left}
            sentence = f"{sentence} {tries}"
        super().__init__(sentence=sentence)


class NoMoreTries(CodeRefused):
    """The code was wrong too often."""

    def __init__(self) -> None:
        sentence = ngettext(
            "That code was wrong and no longer works. Ask for a new one.",
            "That's %(times)s wrong codes, so this code no longer works. Ask for a new one.",
            settings.CODE_TRIES,
        )
        super().__init__(sentence=sentence % {"times": apnumber(settings.CODE_TRIES)})


class CodeExpired(CodeRefused):
    """The code is too old, or there is none."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This code has expired. Ask for a new one."))


class TooManyCodes(CodeRefused):
    """Too many codes went to this address, or the last one has only just gone."""

    def __init__(self, *, wait_seconds: int = 0) -> None:
        if wait_seconds:
            sentence = _("We just sent a code. Wait %(seconds)s seconds before you ask for another.")
        else:
            sentence = _(
                "We've sent several codes to this address in the last hour. Use the latest one, or "
                "try again later."
            )
        super().__init__(sentence=sentence % {"seconds": wait_seconds})


class FileRefused(Refused):
    """A file is of no kind that may be shared here, is not what its name says, or is too large or empty."""


class NotResendable(Refused):
    """Only what failed or is in doubt may be sent again."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("You can send an e-mail again only if it failed or may not have arrived.")
        )


class SealUnusable(Refused):
    """The seal that documents carry can't be used now, so that none is issued without it; ``why`` says it."""

    def __init__(self, *, why: str) -> None:
        sentence = _(
            "We can't issue documents right now: the seal that they carry can't be used, because %(why)s. "
            "Ask the people who run this portal to renew it."
        )
        super().__init__(sentence=sentence % {"why": why})


class UnknownJob(Refused):
    """Nothing in the portal knows how to do this kind of job."""

    def __init__(self, kind: str) -> None:
        super().__init__(sentence=_("The portal has no job of the kind “%(kind)s”.") % {"kind": kind})


class Unprintable(Refused):
    """No font of the documents has these characters."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        sentence = _("We can't print these characters in documents: %(characters)s. Replace or remove them.")
        super().__init__(sentence=sentence % {"characters": characters})


class UnreadableTable(Refused):
    """A file cannot be read as a table."""


class TableTooLarge(UnreadableTable):
    """The file has more bytes, rows or columns than the portal reads."""


class NotATable(UnreadableTable):
    """The file is neither CSV nor XLSX."""

    def __init__(self, *, sentence: str = "") -> None:
        super().__init__(sentence=sentence or _("That isn't a table we can read. Choose a CSV or XLSX file."))


class WrongEncoding(UnreadableTable):
    """The CSV file is not UTF-8."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("The CSV file isn't in UTF-8. Save it as “CSV UTF-8” or as XLSX and try again.")
        )


class FormulaWithoutValue(UnreadableTable):
    """A cell holds a formula that no spreadsheet program has worked out."""

    def __init__(self, cell: str) -> None:
        sentence = _(
            "Cell %(cell)s has a formula with no value. Open the file in a spreadsheet program, "
            "save it and try again."
        )
        super().__init__(sentence=sentence % {"cell": cell})


class HoldRefused(Refused):
    """A legal hold can't be set as asked."""


class RetentionRefused(Refused):
    """A rule forbids to keep a class of data that long, or that short."""
