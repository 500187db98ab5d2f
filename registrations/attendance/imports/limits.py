"""How much of a file is read, and the refusals of files that are larger or damaged."""

import lzma
import struct
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from registrations.attendance.exceptions import ReportRefused

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 50_000
MOST_LINES = 200_000  # of a sheet, empty ones counted
MOST_COLUMNS = 100
# What readers of spreadsheets raise for a file that is none, or cut off.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    ArithmeticError,
    AssertionError,
    EOFError,
    OSError,
    RuntimeError,
)


def too_large() -> ReportRefused:
    """Return the refusal of a file of too many bytes."""
    return ReportRefused(
        sentence=_("This file is larger than 20 MB. Download the report of this one meeting.")
    )


def too_many_rows() -> ReportRefused:
    """Return the refusal of a file with more rows than any meeting has."""
    return ReportRefused(
        sentence=_("This file has more than 50,000 rows. Download the report of this one meeting.")
    )


def unpacks_to_too_much() -> ReportRefused:
    """Return the refusal of an archive that would fill the memory."""
    return ReportRefused(
        sentence=_("This file unpacks to more than 100 MB, which no report does. Save it as CSV instead.")
    )


def empty() -> ReportRefused:
    """Return the refusal of a file in which nothing is written."""
    return ReportRefused(sentence=_("This file is empty. Download the report again and upload that."))


def damaged() -> ReportRefused:
    """Return the refusal of a file that ends too early, or doesn't hold what it begins with."""
    return ReportRefused(
        sentence=_("This file is damaged or cut off. Download the report again and upload that.")
    )
