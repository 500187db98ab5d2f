"""Rows of an .xls, as JSON: a program of its own, with a limit of time and memory that it gives itself.

Whatever a damaged file makes its reader do ends with it, and not with the process that serves people. It
imports neither Django nor anything that does.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import xlrd

from registrations.attendance.imports.cell_words import words_of

SECONDS, MEMORY = 10, 700 * 1024 * 1024
FIRST_DAY = 61  # before March 1900 a number is a length, not a day
NOTHING = (xlrd.XL_CELL_ERROR, xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def rows_of(data: bytes, columns: int) -> Iterator[list[str]]:
    """Yield the rows of all visible sheets, an empty one after each."""
    with xlrd.open_workbook(file_contents=data, ragged_rows=True, logfile=io.StringIO()) as book:
        for sheet in book.sheets():
            if sheet.visibility == 0:
                for number in range(sheet.nrows):
                    cells = islice(sheet.row(number), columns)
                    yield [words_of(_value(cell, book.datemode)) for cell in cells]
                yield []


def _value(cell: Any, datemode: int) -> Any:
    """Return the value of a cell: its moments and lengths are numbers of days."""
    if cell.ctype in NOTHING:
        return None
    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    if cell.value < FIRST_DAY:
        return timedelta(days=cell.value)
    return xlrd.xldate_as_datetime(cell.value, datemode)


def main(rows: int, columns: int) -> None:
    """Read a file from standard input, and write as many of its rows."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found = list(islice(rows_of(sys.stdin.buffer.read(), columns), rows))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
