"""What came out of a file of another program: tables with their columns known, and what was left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from partners.importing.exceptions import ImportRefused
from partners.importing.imports.fields import LABELS
from stemnet.tables.reading import MOST_ROWS, Row, Table

LEFT = "left"  # among the defaults of a file: the fields that it changes of nobody who is listed, with spaces
ONLY_LISTED = "only_listed"  # among them: it adds nothing that is not listed
ROWS_NAMED = 5


@dataclass(frozen=True)
class Brought:
    """One table of a file: what its rows are, and where it is recognized, its columns and what is taken."""

    kind: str
    table: Table
    source: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def table_of(kind: str, fields: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """Return a table with the columns ``fields``, of pairs of a line and its cells.

    Raises ImportRefused for more rows than an import reads.
    """
    read = [Row(line, list(cells)) for line, cells in rows]
    check_number(len(read))
    return Table([str(LABELS[kind][name]) for name in fields], read)


def check_number(rows: int) -> None:
    """Raise ImportRefused for more rows than an import reads."""
    if rows > MOST_ROWS:
        raise ImportRefused(
            sentence=_(
                "The file has more than 20,000 rows that we would read. Choose one state, or split the file."
            )
        )


def columns_of(fields: Sequence[str]) -> dict[str, str]:
    """Return which column is which, where they stand in this order."""
    return {str(place): name for place, name in enumerate(fields)}


def named_rows(lines: Sequence[int]) -> str:
    """Return "rows 4, 9, 12", or the first of many with "…"."""
    shown = ", ".join(str(line) for line in lines[:ROWS_NAMED])
    more = ", …" if len(lines) > ROWS_NAMED else ""
    words = _("row %(rows)s") if len(lines) == 1 else _("rows %(rows)s")
    return words % {"rows": f"{shown}{more}"}
