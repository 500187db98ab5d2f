"""Lists of people that staff paste or upload: one row a person, an address at least."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.importing.exceptions import CellRefused
from partners.importing.imports import cells, names
from partners.importing.imports.cells import OPEN
from partners.importing.imports.fields import Values, row_reader
from partners.importing.imports.guessing import guess
from partners.models import TableImport
from registrations.seats.exceptions import PartyRefused
from stemnet.tables.reading import Table, read_table

PEOPLE = TableImport.Kind.PEOPLE
MOST_ROWS = 1000
ADDRESS = re.compile(r"[^\s<>(),;:\"']+@[^\s<>(),;:\"']+")


@dataclass(frozen=True)
class AskedRow:
    """One row: its line in the file, who it is, where they work in words, and why it can't be read."""

    line: int
    address: str = ""
    first_name: str = ""
    last_name: str = ""
    organization: str = ""
    job: str = ""
    fault: str = ""


def read_rows(table: Table) -> list[AskedRow]:
    """Return the rows of a table whose columns we can tell; raises PartyRefused where there is no address."""
    columns = guess(PEOPLE, table.header, [row.cells for row in table.rows])
    if "address" not in columns.values():
        raise PartyRefused(
            sentence=_("We don't find a column with e-mail addresses. Name it “E-mail” in the first row.")
        )
    read = row_reader(PEOPLE, columns, table.header)
    return _checked(_row(row.line, *read(row.cells)) for row in table.rows)


def read_text(text: str) -> list[AskedRow]:
    """Return the rows of pasted text: a table with a row of names, or a line a person.

    A line has an address, and a name if it likes: "Ana Reis <ana@example.org>". Raises PartyRefused and
    UnreadableTable.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if lines and not ADDRESS.search(lines[0][1]) and len(lines) > 1:
        return read_rows(read_table(io.BytesIO(text.encode())))
    return _checked(_line(number, line) for number, line in lines)


def _checked(rows: Iterable[AskedRow]) -> list[AskedRow]:
    """Return the rows; raises PartyRefused for none, or too many."""
    found = list(rows)
    if not found:
        raise PartyRefused(sentence=_("There's nobody on this list."))
    if len(found) > MOST_ROWS:
        words = _("This list has %(n)s rows. Split it into lists of at most 1,000.")
        raise PartyRefused(sentence=words % {"n": len(found)})
    return found


def _row(line: int, said: Values, faults: list[str]) -> AskedRow:
    """Return one row of a table; what is wrong with other cells than the address is left out."""
    address = said.get("address", "")
    if not isinstance(address, str) or not address:
        return AskedRow(line, fault=faults[0] if len(faults) == 1 else _("This row has no e-mail address."))
    first, last = _name(said)
    return AskedRow(line, address, first, last, str(said.get("organization", "")), str(said.get("job", "")))


def _name(said: Values) -> tuple[str, str]:
    """Return first and last name; of a full name that can be read in several ways, the likeliest."""
    full = said.get("full_name") or []
    if isinstance(full, list) and full:
        first, last = full[1:3] if full[0] == OPEN else full[:2]
        return first, last
    return str(said.get("first_name", "")), str(said.get("last_name", ""))


def _line(number: int, line: str) -> AskedRow:
    """Return one line that somebody typed."""
    found = ADDRESS.search(line)
    if found is None:
        return AskedRow(number, fault=_("This row has no e-mail address."))
    try:
        address = cells.address(found.group().rstrip("."))
    except CellRefused as refused:
        return AskedRow(number, fault=str(refused))
    rest = re.split(r"[\t;]", line.replace(found.group(), " "))
    name = next((words for part in rest if (words := part.strip(" <>(),\"'"))), "")
    readings = names.readings(name) if name else []
    if not readings or any(len(part) > names.LONGEST for part in (readings[0].first, readings[0].last)):
        return AskedRow(number, address)
    return AskedRow(number, address, readings[0].first, readings[0].last)
