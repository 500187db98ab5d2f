"""Spreadsheets into rows of text: .xlsx, .ods and the old .xls.

Sheets are read row by row, as wide as reports are, however far away a stray cell stands. A reader that makes
a rectangle of a sheet needs a gigabyte for two cells in the corners of an .xls, and half a terabyte for
those of an .xlsx, which is why none such is used here (findings/two_cells_fill_the_memory.sh).
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import xlrd
from openpyxl import load_workbook

from registrations.attendance.imports import limits
from registrations.attendance.imports.open_document import rows_of_document
from registrations.attendance.imports.tables import Row, Sheet

PIECE = 1024 * 1024
HALF_SECOND = timedelta(milliseconds=500)
FIRST_DAY = 61  # before March 1900 a number is a length, not a day


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
    try:
        return _numbered(_rows_of_old_workbook(data))
    except limits.BROKEN:
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
                rows = sheet.iter_rows(max_col=limits.MOST_COLUMNS, values_only=True)
                for row in rows:
                    yield [words_of(value) for value in row]
                yield []


def _rows_of_old_workbook(data: bytes) -> Iterator[Row]:
    with xlrd.open_workbook(file_contents=data, ragged_rows=True, logfile=io.StringIO()) as book:
        for sheet in book.sheets():
            if sheet.visibility == 0:
                for number in range(sheet.nrows):
                    cells = islice(sheet.row(number), limits.MOST_COLUMNS)
                    yield [words_of(_old_value(cell, book.datemode)) for cell in cells]
                yield []


def _old_value(cell: Any, datemode: int) -> Any:
    """Return the value of a cell of an .xls: its moments and lengths are numbers of days."""
    if cell.ctype in (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    if cell.value < FIRST_DAY:
        return timedelta(days=cell.value)
    return xlrd.xldate_as_datetime(cell.value, datemode)


def words_of(value: Any) -> str:
    """Return a value as reports write it; moments to the second, lengths as hours, minutes, seconds."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value + HALF_SECOND).replace(microsecond=0).isoformat(" ")
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
