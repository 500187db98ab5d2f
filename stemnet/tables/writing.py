"""The one safe writer for every export: no formula, any script, constant memory (docs/rules.md 13.6)."""

import csv
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any, Generic, NamedTuple, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Cell = str | int | float | Decimal | bool | date | datetime | time | None
Row = Sequence[Cell]
Mixed = Iterable[tuple[int, Row]]  # rows of several sheets as they come, each with the place of its sheet
Thing = TypeVar("Thing")

# A cell that begins so is run as a formula by Excel or LibreOffice, also in their full-width forms.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_FORMATS: dict[type, str] = {
    datetime: "yyyy-mm-dd hh:mm",
    date: "yyyy-mm-dd",
    time: "hh:mm",
    Decimal: "0.00",
}
_HEADER_FONT = Font(bold=True)
_HEADER_FILL = PatternFill("solid", start_color="FFF3EFE6")
_HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the header row, and rows that may be a generator; an empty header is left out.

    A moment is written as the wall time of the zone it carries: convert it before, and name the zone in
    the header. ``widths`` are in characters; without them they follow the header.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Row] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Column(Generic[Thing]):
    """One column of a sheet of things: its header, its width in characters, and what it says of one thing."""

    header: str
    width: int
    value: Callable[[Thing], Cell]


@dataclass(frozen=True)
class Columns(Generic[Thing]):
    """The columns of a sheet of things."""

    columns: Sequence[Column[Thing]]

    def sheet(self, title: str) -> Sheet:
        """Return the sheet without its rows."""
        return Sheet(
            title=title,
            header=[column.header for column in self.columns],
            widths=[column.width for column in self.columns],
        )

    def row(self, thing: Thing) -> Row:
        """Return the row of one thing."""
        return [column.value(thing) for column in self.columns]


def write_xlsx(sheets: Iterable[Sheet], file: IO[bytes], *, mixed: Mixed = ()) -> None:
    """Write ``sheets`` to ``file`` as XLSX, row by row; ``mixed`` are rows of several of them."""
    book = Workbook(write_only=True)
    pages = [_Page(book, sheet) for sheet in sheets]
    for place, row in mixed:
        pages[place].append(row)
    for page in pages:
        page.finish()
    book.save(file)
    book.close()


def xlsx_file(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Return ``sheets`` as an XLSX file to be read from its start, kept on disk and gone when closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to a response that closes it
    try:
        write_xlsx(sheets, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def table_file(name: str, sheets: Iterable[Sheet]) -> IO[bytes]:
    """Return the file that ``name`` says, XLSX or CSV of the first sheet, to be read from its start."""
    if name.endswith(".xlsx"):
        return xlsx_file(sheets)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to whoever closes it
    try:
        file.writelines(csv_lines(next(iter(sheets))))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def csv_lines(sheet: Sheet) -> Iterator[bytes]:
    """Give ``sheet`` as lines of CSV in UTF-8 with the mark that Excel wants, every cell in quotes."""
    yield b"\xef\xbb\xbf"
    if sheet.header:
        yield csv_line(sheet.header)
    yield from map(csv_line, sheet.rows)


def csv_line(row: Row) -> bytes:
    """Return one row as a line of CSV."""
    line: bytes = csv.writer(_Echo(), quoting=csv.QUOTE_ALL).writerow([_csv_text(value) for value in row])
    return line


class Written(NamedTuple):
    """Text as it stands in a file, and whether a spreadsheet might run it if nothing kept it from that."""

    text: str
    runs: bool


def written(text: str) -> Written:
    """Return ``text`` as every writer writes it, judged by what is left of it and not by what came in."""
    left = xml_safe(text)
    return Written(left, is_dangerous(left))


def xml_safe(text: str) -> str:
    """Return ``text`` without what XML or a spreadsheet cannot hold; line breaks become single ones."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> bytes:
        return line.encode()


def _csv_text(value: Cell) -> str:
    """Return the text of a cell, with an apostrophe before what would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        text, runs = written(value)
        return f"'{text}" if runs else text
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def is_dangerous(text: str) -> bool:
    """Return whether a spreadsheet might run ``text``, which is then quoted, never changed.

    Signs that nobody sees, such as spaces of any width and those that turn the direction, may come first.
    """
    seen = next((place for place, sign in enumerate(text) if not _is_unseen(sign)), len(text))
    return text.startswith(DANGEROUS) or text[seen:].startswith(DANGEROUS)


def _is_unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Cf"


class _Page:
    """One sheet of a book that is being written, with its header bold, frozen and filterable."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self._page: Any = book.create_sheet(_title(book, sheet.title))
        self._sheet, self._last = sheet, 1
        widths = [*sheet.widths, *map(_width_of, sheet.header[len(sheet.widths) :])]
        for number, width in enumerate(widths, start=1):
            self._page.column_dimensions[get_column_letter(number)].width = width
        if sheet.header:
            self._page.freeze_panes = "A2"
            self._page.append([_header_cell(self._page, name) for name in sheet.header])

    def append(self, row: Row) -> None:
        """Write one row."""
        self._page.append([_cell(self._page, value) for value in row])
        self._last += 1

    def finish(self) -> None:
        """Write the rows that the sheet itself gives, and let all be filtered."""
        for row in self._sheet.rows:
            self.append(row)
        if self._sheet.header:
            last = get_column_letter(len(self._sheet.header))
            self._page.auto_filter.ref = f"A1:{last}{self._last}"


def _width_of(name: str) -> int:
    """Return how wide a column is under a heading, in characters, where nothing else is said."""
    return min(max(len(name) + 4, 12), 40)


def _header_cell(page: Any, name: str) -> WriteOnlyCell:
    cell = _cell(page, name)
    cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_ALIGNMENT
    return cell


def _cell(page: Any, value: Cell) -> Any:
    """Return ``value`` as a cell of its own kind; text stays text, whatever it looks like."""
    if isinstance(value, str):
        text, runs = written(value)
        cell = WriteOnlyCell(page, value=text)
        cell.data_type = "s"
        if runs:
            cell.quotePrefix = True
        if text.isdigit():
            cell.number_format = "@"
        return cell
    if isinstance(value, datetime | time):
        value = value.replace(tzinfo=None)
    number_format = _FORMATS.get(type(value))
    if number_format is None:
        return value
    cell = WriteOnlyCell(page, value=value)
    cell.number_format = number_format
    return cell


def _title(book: Workbook, title: str) -> str:
    """Return ``title`` as Excel takes it: 31 characters, none of its own signs, each once."""
    clean = _NOT_IN_TITLES.sub(" ", xml_safe(title)).strip("' ")[:31] or "Sheet"
    return clean if clean not in book.sheetnames else f"{clean[:28]} {len(book.sheetnames) + 1}"
