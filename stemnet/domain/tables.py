"""The one careful reader of tables that people upload, CSV or XLSX, with a sentence for each fault."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from stemnet.domain.spreadsheets import is_dangerous
from stemnet.exceptions import MissingColumn, NotATable, TableTooLarge, WrongEncoding

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Row:
    """One row: its line as a person counts it in the file, and its cells by column, as stripped text."""

    line: int
    cells: dict[str, str]


def read_table(file: IO[bytes], *, required: Sequence[str] = ()) -> list[Row]:
    """Return the rows of the first sheet or the CSV; empty ones are left out.

    Columns are found by their names, whatever their case or order.

    Raises:
        TableTooLarge: more than 5 MB or 20,000 rows.
        NotATable: neither CSV nor XLSX.
        WrongEncoding: CSV that is not UTF-8.
        MissingColumn: a column of ``required`` is not there.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TableTooLarge(_("The file is larger than 5 MB. Please split it."))
    lines = _xlsx_lines(content) if content.startswith(b"PK\x03\x04") else _csv_lines(content)
    return _rows(lines, required)


def _rows(lines: Iterable[list[str]], required: Sequence[str]) -> list[Row]:
    numbered = ((line, cells) for line, cells in enumerate(lines, start=1) if any(cells))
    header = next(numbered, (0, []))[1]
    names = [" ".join(name.split()).casefold() for name in header]
    missing = [name for name in required if name.casefold() not in names]
    if missing:
        raise MissingColumn(
            _("The file has no column “%(names)s” in its first row.") % {"names": "”, “".join(missing)}
        )
    columns = {name.casefold(): name for name in required}
    keys = [columns.get(name, name) for name in names]
    rows: list[Row] = []
    for line, cells in numbered:
        if len(rows) == MOST_ROWS:
            raise TableTooLarge(_("The file has more than 20,000 rows. Please split it."))
        rows.append(Row(line, dict(zip(keys, [*cells, *[""] * len(keys)], strict=False))))
    return rows


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    if b"\x00" in content or not content.strip():
        raise NotATable(_("This is not a table. Please choose a CSV or XLSX file."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongEncoding(
            _("The CSV file is not in UTF-8. Save it as “CSV UTF-8” or as XLSX and try again.")
        ) from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [_unquoted(cell.strip()) for cell in cells]
    except csv.Error:
        raise NotATable(_("This is not a table. Please choose a CSV or XLSX file.")) from None


def _xlsx_lines(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
                raise TableTooLarge(_("The file is larger than the portal reads. Please split it."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError):
        raise NotATable(_("This is not a table. Please choose a CSV or XLSX file.")) from None
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(value) for value in row]
    finally:
        book.close()


def _text(value: Any) -> str:
    """Return what a person sees in the cell."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _unquoted(cell: str) -> str:
    """Take off the apostrophe that our own exports put before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and is_dangerous(cell[1:]) else cell
