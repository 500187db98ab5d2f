"""The tables of a file: each with its header, its rows and the line above it, at its own width."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from registrations.attendance.imports.words import role_of

Row = list[str]
SECTION = re.compile(r"\s*([1-9])\s*[.．、)]\s*\S")
# A cell that is a value and not the name of a column: an address, a time of day, a date, a number.
VALUE = re.compile(
    r"\S+@\S+\.\S+|.{0,24}\d{1,2}[:.h]\d\d(?:[:.m]\d\d)?.{0,12}|\d[\d ./,-]*"
    r"|(?:\d+ ?[^\W\d_]{1,6}\.? ?){1,3}|--?",
    re.DOTALL,
)
LONGEST_VALUE = 120
HEADERS_IN = 12  # rows of a block in which a second header may stand


@dataclass(slots=True)
class Sheet:
    """The rows of a file as text, and the line of each."""

    rows: list[Row]
    numbers: list[int]


@dataclass(slots=True)
class Table:
    """Rows below a header; ``heading`` is the single cell above it, and ``section`` its number."""

    header: Row
    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    heading: str = ""
    section: int = 0

    def column(self, place: int) -> list[str]:
        """Return the cells of a column; a row that ends before it has an empty one."""
        try:
            return list(map(itemgetter(place), self.rows))
        except IndexError:
            return [row[place] if place < len(row) else "" for row in self.rows]


def filled(row: Row) -> int:
    """Return how many cells of a row are not empty."""
    return len(row) - row.count("")


def is_header(row: Row) -> bool:
    """Say whether a row may name columns: at least two cells, none of which is a value."""
    return filled(row) > 1 and not values_in(row)


def values_in(row: Row) -> int:
    """Return how many cells are values."""
    return sum(1 for cell in row if cell and len(cell) <= LONGEST_VALUE and VALUE.fullmatch(cell))


def tables_of(sheet: Sheet) -> list[Table]:
    """Return the tables of a file in their order, also those of a single row and those without a header."""
    tables: list[Table] = []
    heading, after_gap = "", True
    for start, end in _blocks(sheet):
        if filled(sheet.rows[start]) <= 1:
            words = "".join(sheet.rows[start]).strip()
            heading, after_gap = words or heading, True
            continue
        for table in _parted(sheet, start, end):
            if not table.header and tables and not heading and after_gap and tables[-1].header:
                tables[-1].rows += table.rows  # a gap within a table
                tables[-1].numbers += table.numbers
                continue
            table.heading, heading = heading, ""
            table.section = _section(table.heading) or (tables[-1].section if tables else 0)
            tables.append(table)
    return tables


def _section(heading: str) -> int:
    found = SECTION.match(heading)
    return int(found[1]) if found else 0


def _blocks(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield the bounds of runs of rows with two cells or more, and of each row with fewer."""
    start = None
    for place, row in enumerate(sheet.rows):
        if len(row) - row.count("") > 1:
            start = place if start is None else start
            continue
        if start is not None:
            yield start, place
            start = None
        yield place, place + 1
    if start is not None:
        yield start, len(sheet.rows)


def _parted(sheet: Sheet, start: int, end: int) -> Iterator[Table]:
    """Yield the tables of one block: a new one begins at each header near its top."""
    rows = sheet.rows
    begins = [
        place
        for place in range(start, min(end, start + HEADERS_IN))
        if is_header(rows[place]) and (place == start or _begins_again(rows, place, end))
    ]
    if not begins or begins[0] > start:
        begins.insert(0, start)
    for begin, stop in pairwise([*begins, end]):
        headed = is_header(rows[begin])
        first = begin + headed
        yield Table(
            header=rows[begin] if headed else [],
            rows=rows[first:stop],
            numbers=sheet.numbers[first:stop],
        )


def _begins_again(rows: list[Row], place: int, end: int) -> bool:
    """Say whether a row within a block is a header: its words are known, or values stand above and below."""
    if sum(role_of(cell) is not None for cell in rows[place] if cell) > 1:
        return True
    between = place + 1 < end and values_in(rows[place + 1]) > 1 and values_in(rows[place - 1]) > 0
    return between and filled(rows[place]) > 3


def without_repeats(table: Table) -> Table:
    """Return the table without its header again and without rows of fewer than two cells."""
    header = table.header
    if header not in table.rows:
        return table
    kept = [(number, row) for number, row in zip(table.numbers, table.rows, strict=True) if row != header]
    return Table(
        header=header,
        rows=[row for _number, row in kept],
        numbers=[number for number, _row in kept],
        heading=table.heading,
        section=table.section,
    )


def widest(tables: Iterable[Table]) -> Table | None:
    """Return the table with most cells."""
    return max(tables, key=lambda table: sum(map(len, table.rows)), default=None)
