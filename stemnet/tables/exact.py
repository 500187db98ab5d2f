"""The exact writer of CSV for other programs: what it can't write as it is, it refuses, and alters nothing.

It stands beside the safe writer, which is for people. RFC 4180 in UTF-8 without a mark, dates and moments as
ISO 8601, numbers with a point; a cell that a spreadsheet might run, or that has signs that nobody sees, is
refused and never quoted (docs/rules.md 3.5).
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO

from stemnet.exceptions import CellNotExact
from stemnet.one_line import hidden_shown
from stemnet.tables.writing import Cell, Row, written


def exact_lines(header: Sequence[str], rows: Iterable[Row], *, headed: bool = True) -> Iterator[bytes]:
    """Give the lines of a file; ``header`` are fixed words that programs look for.

    Where it is not ``headed`` they only say in a refusal which column it is.
    Raises CellNotExact, ValueError where a row is not as long as the header or a moment has no zone.
    """
    if headed:
        yield _line([_exact(name, row=1, column=name) for name in header])
    for number, row in enumerate(rows, start=1 + headed):
        yield _line(
            [_exact(value, row=number, column=column) for column, value in zip(header, row, strict=True)]
        )


def exact_file(header: Sequence[str], rows: Iterable[Row], *, headed: bool = True) -> IO[bytes]:
    """Return the whole file, to be read from its start: nothing is handed out before all is known to fit.

    Raises CellNotExact.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to a response that closes it
    try:
        file.writelines(exact_lines(header, rows, headed=headed))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> bytes:
        return line.encode()


def _line(cells: Sequence[str]) -> bytes:
    line: bytes = csv.writer(_Echo()).writerow(cells)
    return line


def _exact(value: Cell, *, row: int, column: str) -> str:
    """Return the text of one cell. Raises CellNotExact for text that can't stand as it is."""
    if isinstance(value, str):
        left = written(value)
        if left.runs or left.text != value or hidden_shown(value) != value:
            raise CellNotExact(value, row=row, column=column)
        return value
    return _plain(value)


def _plain(value: int | float | Decimal | bool | date | datetime | time | None) -> str:
    """Return what is no text in the one form that it has."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("A moment in an exact file needs its zone.")
    if isinstance(value, date | time):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
