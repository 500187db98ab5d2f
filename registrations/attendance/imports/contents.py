"""What stands in a file: text or a spreadsheet, as rows; everything else is refused with a sentence."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registrations.attendance.exceptions import ReportRefused
from registrations.attendance.imports.tables import Sheet
from registrations.attendance.imports.texts import decoded, rows_of
from stemnet.exceptions import NotATable
from stemnet.file_kinds import BEGIN, family_of
from stemnet.tables.kinds import OLD_OFFICE, refuse_other_kinds

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
PICTURES = ("png", "jpeg", "gif", "heic", "webp", "avif")
OTHERS = ("iso", "webm", "mp3", "wav", "pdf", "rtf")


@dataclass(frozen=True)
class Content:
    """The rows of a file, and its encoding where it is text."""

    sheet: Sheet
    encoding: str = ""
    is_guessed: bool = False


def opened(data: bytes, *, encoding: str | None = None) -> Content:
    """Return the rows of a file. Raises ReportRefused for what is too large, empty or no report."""
    if len(data) > MOST_BYTES:
        raise ReportRefused(
            sentence=_("This file is larger than 20 MB. Download the report of this one meeting.")
        )
    if not data.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"):
        raise ReportRefused(sentence=_("This file is empty. Download the report again and upload that."))
    _refuse_others(data)
    text, name, is_guessed = decoded(data, encoding)
    if text.count("\n") > MOST_ROWS:
        raise too_many_rows()
    return Content(rows_of(text), name, is_guessed)


def too_many_rows() -> ReportRefused:
    """Return the refusal of a file with more rows than any meeting has."""
    return ReportRefused(
        sentence=_("This file has more than 50,000 rows. Download the report of this one meeting.")
    )


def _refuse_others(data: bytes) -> None:
    """Refuse pictures, films and whatever else `stemnet.tables` has a sentence for."""
    family = "" if data.startswith((b"PK", OLD_OFFICE)) else family_of(io.BytesIO(data[:BEGIN]))
    if family in PICTURES:
        raise ReportRefused(
            sentence=_("This is a picture. Upload the report as the tool wrote it, such as a CSV file.")
        )
    try:
        refuse_other_kinds(data)
    except NotATable as refusal:
        raise ReportRefused(sentence=str(refusal)) from None
    if family in OTHERS:
        raise ReportRefused(
            sentence=_(
                "This isn't an attendance report. Upload the report as the tool wrote it, such as CSV."
            )
        )
