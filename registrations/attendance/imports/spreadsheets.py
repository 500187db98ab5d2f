"""Spreadsheets into rows of text: .xlsx, .ods and the old .xls.

Sheets are read row by row, as wide as reports are, however far away a stray cell stands: a reader that makes
a rectangle of a sheet first would need memory for all that lies between two cells in its corners.
"""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing

from django.conf import settings
from openpyxl import load_workbook

from registrations.attendance.imports import limits
from registrations.attendance.imports.cell_words import words_of
from registrations.attendance.imports.open_document import rows_of_document
from registrations.attendance.imports.tables import Row, Sheet

PIECE = 1024 * 1024
READER = "registrations.attendance.imports.old_workbook"
PATIENCE = 30  # seconds


def rows_of_archive(data: bytes, *, is_open_document: bool) -> Sheet:
    """Return the rows of all visible sheets of an .xlsx or .ods. Raises ReportRefused for a bad one."""
    try:
        _check_size(data)
        rows = rows_of_document(data) if is_open_document else _rows_of_workbook(data)
        return _numbered(rows)
    except limits.BROKEN:
        raise limits.damaged() from None


def rows_of_old_workbook(data: bytes) -> Sheet:
    """Return the rows of all visible sheets of an .xls. Raises ReportRefused for a bad one."""
    command = [sys.executable, "-m", READER, str(limits.MOST_LINES + 1), str(limits.MOST_COLUMNS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, input=data, capture_output=True, timeout=PATIENCE, cwd=settings.BASE_DIR, check=True
        )
        return _numbered(json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError):
        raise limits.damaged() from None


def _check_size(data: bytes) -> None:
    """Refuse an archive that unpacks to too much; what it says of its own size is not believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > limits.MOST_UNPACKED:
            raise limits.unpacks_to_too_much()
        for part in archive.infolist():
            with archive.open(part) as file:
                while file.read(PIECE):  # fails where more comes out than was said
                    pass


def _numbered(rows: Iterable[Row]) -> Sheet:
    """Return rows without empty cells at their end, each with its line; at most 50,000 that say something."""
    sheet = Sheet([], [])
    said = 0
    for number, row in enumerate(rows, start=1):
        while row and not row[-1]:
            row.pop()
        said += bool(row)
        if said > limits.MOST_ROWS or number > limits.MOST_LINES:
            raise limits.too_many_rows()
        sheet.rows.append(row)
        sheet.numbers.append(number)
    return sheet


def _rows_of_workbook(data: bytes) -> Iterator[Row]:
    with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # what a file says of its own size may be wrong
                for row in sheet.iter_rows(max_col=limits.MOST_COLUMNS, values_only=True):
                    yield [] if row.count(None) == len(row) else [words_of(value) for value in row]
                yield []
