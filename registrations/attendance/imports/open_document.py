"""The rows of an .ods, read as it unpacks; empty cells and rows that repeat are not multiplied."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, iterparse

from registrations.attendance.imports import limits
from registrations.attendance.imports.tables import Row

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
VALUES = ("date-value", "time-value", "boolean-value")


def rows_of_document(data: bytes) -> Iterator[Row]:
    """Yield the rows of all sheets as text, an empty one after each."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        for _event, element in iterparse(content):  # noqa: S314 - its size is checked
            if element.tag == f"{TABLE}table-row":
                row = _cells(element)
                times = _times(element, "number-rows-repeated") if any(row) else 1
                element.clear()
                for _time in range(min(times, limits.MOST_ROWS + 1)):
                    yield list(row)
            elif element.tag == f"{TABLE}table":
                element.clear()
                yield []


def _times(element: Element, name: str) -> int:
    return int(element.get(f"{TABLE}{name}", "1"))


def _cells(row: Element) -> Row:
    cells: Row = []
    for cell in row:
        if cell.tag in CELLS:
            free = limits.MOST_COLUMNS - len(cells)
            cells += [_words(cell)] * min(_times(cell, "number-columns-repeated"), free)
    return cells


def _words(cell: Element) -> str:
    """Return the value of a cell: moments as ISO writes them, lengths as hours, minutes and seconds."""
    value = next((said for name in VALUES if (said := cell.get(f"{OFFICE}{name}"))), "")
    if value.startswith("PT"):
        return _length(value)
    if value:
        return value.replace("T", " ")
    number = cell.get(f"{OFFICE}value")
    if number is not None:
        return number.removesuffix(".0")
    return " ".join("".join(_letters(part)) for part in cell.findall(f"{TEXT}p")).strip()


def _length(value: str) -> str:
    """Return PT09H00M30S as 09:00:30; a fraction of a second is cut."""
    hours, _h, rest = value.removeprefix("PT").rpartition("H")
    minutes, _m, seconds = rest.rpartition("M")
    return f"{int(hours or 0):02}:{int(minutes or 0):02}:{int(float(seconds.removesuffix('S') or 0)):02}"


def _letters(part: Element) -> Iterator[str]:
    """Yield the text of a paragraph; several spaces and tabs are elements of their own."""
    if part.text:
        yield part.text
    for child in part:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", "1")), 100)
        elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield "\t" if child.tag == f"{TEXT}tab" else " "
        else:
            yield from _letters(child)
        if child.tail:
            yield child.tail
