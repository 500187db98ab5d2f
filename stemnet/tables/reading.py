"""The one careful reader of tables that people upload, CSV or XLSX, with a sentence for each fault."""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain, islice
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from stemnet.exceptions import FormulaWithoutValue, NotATable, TableTooLarge, WrongEncoding
from stemnet.tables.footnotes import is_no_row
from stemnet.tables.kinds import refuse_other_kinds
from stemnet.tables.writing import is_dangerous

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 400
MOST_LINES = 1_048_576  # of a sheet, empty ones counted
MOST_CHARACTERS = 20_000_000  # a workbook keeps a text once, however many cells show it
LONGEST_TITLE = 10  # lines that may stand above the header
_ONLY_ZEROS = re.compile(r"0{2,}")
_AS_TEXT = re.compile(r'="(.*)"')
_FORMULA = re.compile(rb"<f[ >/]")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    LookupError,
    ValueError,
    TypeError,
    SyntaxError,
    ArithmeticError,
    EOFError,
    RuntimeError,  # encrypted, or packed in a way that nobody knows
)


@dataclass(frozen=True)
class Row:
    """One row: its line as a person counts it in the file, and its cells as stripped text."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """What stands in a file: the names of columns, rows as wide, the sheets and lines that were left out."""

    header: list[str]
    rows: list[Row] = field(default_factory=list)
    sheets_left: list[str] = field(default_factory=list)
    lines_left: list[Row] = field(default_factory=list)


def read_table(file: IO[bytes]) -> Table:
    """Return the first visible sheet or the CSV; empty rows are left out, an unnamed column gets its letter.

    A line with one cell above wider ones is a title, not the header. Footnotes, totals and the header again
    on the next page are no rows.

    Raises TableTooLarge for more than 5 MB, 20,000 rows or 400 columns; NotATable for what is neither CSV
    nor XLSX, with the way to save it; FormulaWithoutValue; WrongEncoding for CSV that is not in Unicode.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TableTooLarge(sentence=_("The file is larger than 5 MB. Split it into smaller files."))
    refuse_other_kinds(content)
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    return _table(_csv_lines(content))


def _table(lines: Iterable[list[str]], *, sheets_left: Iterable[str] = ()) -> Table:
    numbered = (Row(line, cells) for line, cells in enumerate(lines, start=1) if any(cells))
    first = list(islice(numbered, LONGEST_TITLE))
    start = next((place for place, row in enumerate(first) if _filled(row) > 1), 0)
    header = _header(first[start].cells) if first else []
    rows: list[Row] = []
    size = 0
    for row in chain(first[start + 1 :], numbered):
        if len(rows) == MOST_ROWS:
            raise TableTooLarge(
                sentence=_("The file has more than 20,000 rows. Split it into smaller files.")
            )
        rows.append(Row(row.line, [*row.cells, *[""] * len(header)][: len(header)]))
        size += sum(map(len, rows[-1].cells))
        if size > MOST_CHARACTERS:
            raise TableTooLarge(
                sentence=_("The file is too large for us to read. Split it into smaller files.")
            )
    filled = [row for row in rows if any(row.cells)]
    left = [row for row in filled if is_no_row(row.cells, header)]
    numbers = {row.line for row in left}
    return Table(header, [row for row in filled if row.line not in numbers], list(sheets_left), left)


def _filled(row: Row) -> int:
    return sum(bool(cell) for cell in row.cells)


def _header(cells: list[str]) -> list[str]:
    """Return the names of the columns, up to the last that has one."""
    width = max((place for place, name in enumerate(cells, start=1) if name), default=0)
    if width > MOST_COLUMNS:
        raise TableTooLarge(sentence=_("The file has more than 400 columns. Remove some."))
    unnamed = _("Column %(letter)s")
    return [
        " ".join(name.split()) or unnamed % {"letter": get_column_letter(place)}
        for place, name in enumerate(cells[:width], start=1)
    ]


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a line that only Excel reads
        delimiter, text = first.strip()[4], f"\n{rest}"
    else:
        delimiter = max(",;\t", key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [_unquoted(cell.strip()) for cell in cells]
    except csv.Error:
        raise NotATable from None


def _decoded(content: bytes) -> str:
    """Return the text of a CSV file: UTF-8, or UTF-16 with the mark that spreadsheet programs write."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if (b"\x00" in content and not wide) or not content.strip():
        raise NotATable
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise WrongEncoding from None
    if "\x00" in text:
        raise NotATable
    return text


def _workbook(content: bytes) -> Table:
    """Read a workbook; what is wrong inside it shows only while its rows are read."""
    try:
        return _first_sheet(content)
    except _BROKEN:
        raise NotATable from None


def _first_sheet(content: bytes) -> Table:
    with _unpacked(content) as packed:
        has_formulas = any(
            _FORMULA.search(packed.read(part))
            for part in packed.namelist()
            if part.startswith("xl/worksheets/sheet")
        )
    with ExitStack() as books:
        book = books.enter_context(_opened(content, data_only=True))
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        rows = _rows(sheets[0])
        if has_formulas:
            formulas = books.enter_context(_opened(content, data_only=False))
            rows = _computed(rows, _rows(formulas[sheets[0].title]))
        lines = ([_text(cell) for cell in row] for row in rows)
        return _table(lines, sheets_left=[sheet.title for sheet in sheets[1:] if sheet.max_row])


def _unpacked(content: bytes) -> zipfile.ZipFile:
    """Return a workbook as the archive that it is, if it doesn't unpack to too much."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED_BYTES:
        raise TableTooLarge(sentence=_("The file is too large for us to read. Split it into smaller files."))
    return packed


def _opened(content: bytes, *, data_only: bool) -> AbstractContextManager[Any]:
    return closing(load_workbook(io.BytesIO(content), read_only=True, data_only=data_only))


def _rows(sheet: Any) -> Iterator[Any]:
    """Yield the rows of a sheet up to one column too many, for a stray cell can stand in column 16,384."""
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    gap: tuple[Any, ...] = ()  # the same again for every row that the file leaves out
    for line, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        if line > MOST_LINES:
            raise NotATable
        if row is not gap and any(cell.value is not None for cell in row):
            yield row
        else:
            gap = row
            yield ()


def _computed(rows: Iterable[Any], formulas: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of values; refuse a formula that no program has computed: its cell would look empty."""
    for row, typed in zip(rows, formulas, strict=True):
        for place, formula in enumerate(typed):
            if formula.data_type == "f" and (place >= len(row) or row[place].value is None):
                raise FormulaWithoutValue(formula.coordinate)
        yield row


def _text(cell: Any) -> str:
    """Return what a person sees in the cell."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ONLY_ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))  # a code that is shown with its leading zeros
    return str(value).strip()


def _unquoted(cell: str) -> str:
    """Take off what keeps a cell from being computed: our exports' apostrophe, and ="01234" of others."""
    if quoted := _AS_TEXT.fullmatch(cell):
        return quoted[1].replace('""', '"')
    return cell[1:] if cell.startswith("'") and is_dangerous(cell[1:]) else cell
