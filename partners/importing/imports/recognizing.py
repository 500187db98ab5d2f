"""What an uploaded file is: a OneRoster bundle, the national school file, or a table to match."""

import io
from typing import IO

from django.utils.translation import gettext as _

from partners.importing.exceptions import ImportRefused
from partners.importing.imports import national
from partners.importing.imports.oneroster import Bundle
from partners.importing.imports.packed import Packed
from partners.importing.imports.recognized import Brought
from stemnet.exceptions import TableTooLarge
from stemnet.tables.reading import read_table

BUNDLE = "bundle"
MOST_BYTES = 50 * 1024 * 1024  # of a bundle or the national file
BEGINNING = 16 * 1024  # bytes in which a header stands


def read_upload(file: IO[bytes], *, kind: str, name: str, state: str = "") -> list[Brought]:
    """Return the tables of a file, a bundle's organizations first; ``state`` is for the national file.

    Raises ImportRefused and what `read_table` raises.
    """
    _refuse_larger(file)
    begins = file.read(BEGINNING)
    file.seek(0)
    if begins.startswith(b"PK\x03\x04") and (found := _unpacked(file, name=name, state=state)):
        return found
    file.seek(0)
    if kind == BUNDLE:
        raise ImportRefused(
            sentence=_("This isn't a OneRoster bundle. Choose the ZIP file as it was exported, unopened.")
        )
    if national.is_national(_header(begins)):
        return [national.read_csv(file, name, state=state)]
    table = read_table(file)
    if national.is_national(table.header):  # a workbook
        lines = ((row.line, dict(zip(table.header, row.cells, strict=True))) for row in table.rows)
        return [national.brought(lines, state=state)]
    return [Brought(kind, table)]


def _refuse_larger(file: IO[bytes]) -> None:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > MOST_BYTES:
        raise TableTooLarge(sentence=_("The file is larger than 50 MB, which is more than we read."))


def _unpacked(file: IO[bytes], *, name: str, state: str) -> list[Brought]:
    """Return the tables of an archive that is none of a spreadsheet's; nothing for a workbook."""
    packed = Packed(file)
    if packed.is_workbook or not packed.parts:
        return []
    if len(packed.parts) == 1 and not packed.parts.keys() & {"manifest.csv", "orgs.csv", "users.csv"}:
        (inside,) = packed.parts
        if not national.is_national(next((row for _line, row in packed.lines(inside)), {})):
            return []
        return [national.read_packed(packed, inside, state=state)]
    return Bundle(packed).tables()


def _header(begins: bytes) -> list[str]:
    """Return the first line of a CSV file, as far as it is one."""
    first = begins.decode("utf-8-sig", errors="replace").partition("\n")[0]
    return first.strip().replace('"', "").split(",")
