"""What stands in a file: text or a spreadsheet, as rows; everything else is refused with a sentence."""

import io
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registrations.attendance.exceptions import ReportRefused
from registrations.attendance.imports import limits
from registrations.attendance.imports.spreadsheets import rows_of_archive, rows_of_old_workbook
from registrations.attendance.imports.tables import Sheet, filled
from registrations.attendance.imports.texts import decoded, rows_of
from stemnet.exceptions import NotATable
from stemnet.file_kinds import BEGIN, family_of
from stemnet.tables.kinds import OLD_OFFICE, refuse_other_kinds

ARCHIVE = b"PK"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BLANK = b"\x00\xff\xfe\xef\xbb\xbf \t\r\n"
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
    if len(data) > limits.MOST_BYTES:
        raise limits.too_large()
    if not data.strip(BLANK):
        raise limits.empty()
    content = _spreadsheet(data) or _text(data, encoding)
    if not content.encoding:
        content = Content(_unfolded(content.sheet))
    if not any(map(any, content.sheet.rows)):
        raise limits.empty()
    return content


def _spreadsheet(data: bytes) -> Content | None:
    """Return the rows of a spreadsheet, or None for another file."""
    if data.startswith(OLD_OFFICE) and ENCRYPTED not in data:
        return Content(rows_of_old_workbook(data))
    if not data.startswith(ARCHIVE):
        return None
    names, says = _names(data)
    if "content.xml" in names and b"opendocument.spreadsheet" in says:
        return Content(rows_of_archive(data, is_open_document=True))
    if "xl/workbook.xml" in names:
        return Content(rows_of_archive(data, is_open_document=False))
    _refuse_others(data)
    raise limits.damaged()


def _unfolded(sheet: Sheet) -> Sheet:
    """Return the rows of a spreadsheet that holds each line of a text file in a single cell."""
    lines = ["".join(row) for row in sheet.rows]
    is_folded = all(filled(row) <= 1 for row in sheet.rows) and any(
        sign in line for line in lines for sign in ",;\t"
    )
    return rows_of("\n".join(line.replace("\n", " ") for line in lines)) if is_folded else sheet


def _names(data: bytes) -> tuple[list[str], bytes]:
    """Return the names of what an archive holds, and what it says of its kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" not in names:
                return names, b""
            with archive.open("mimetype") as file:
                return names, file.read(100)
    except limits.BROKEN:
        raise limits.damaged() from None


def _text(data: bytes, encoding: str | None) -> Content:
    _refuse_others(data)
    text, name, is_guessed = decoded(data, encoding)
    if text.count("\n") > limits.MOST_LINES:
        raise limits.too_many_rows()
    sheet = rows_of(text)
    if len(sheet.rows) > limits.MOST_ROWS:
        raise limits.too_many_rows()
    return Content(sheet, name, is_guessed)


def _refuse_others(data: bytes) -> None:
    """Refuse pictures, films and whatever else `stemnet.tables` has a sentence for."""
    family = "" if data.startswith(ARCHIVE) else family_of(io.BytesIO(data[:BEGIN]))
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
