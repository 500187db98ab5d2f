"""A file that nobody knows: what to show of it, and how to read it once somebody has pointed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from registrations.attendance.exceptions import ColumnsUnknown, ReportRefused
from registrations.attendance.imports.finding import Found
from registrations.attendance.imports.layouts import LAYOUTS
from registrations.attendance.imports.lines import Columns, Preview
from registrations.attendance.imports.roles import roles_of
from registrations.attendance.imports.tables import Table, widest, without_repeats
from registrations.attendance.imports.words import Role, role_of
from stemnet.one_line import one_line
from stemnet.plain_names import plain_name

ROWS_SHOWN = 8
LONGEST = 80


def preview_of(tables: Sequence[Table]) -> Preview:
    """Return the widest table as it is to be shown, with a guess of what its columns are."""
    table = widest(tables) or Table(header=[])
    width = max([len(table.header), *map(len, table.rows[:ROWS_SHOWN])], default=0)
    names = [*table.header, *[""] * width][:width]
    guess = {str(role): place for role, place in roles_of(table).items()} if table.rows else {}
    wanted = (Role.NAME, Role.ADDRESS, Role.JOINED, Role.LEFT)
    return Preview(
        names=tuple(_shown(cell) for cell in names),
        rows=tuple(
            tuple(_shown(cell) for cell in [*row, *[""] * width][:width]) for row in table.rows[:ROWS_SHOWN]
        ),
        header="|".join(map(plain_name, table.header)),
        guess={name: place for name, place in guess.items() if name in wanted},
    )


def unknown(tables: Sequence[Table]) -> ReportRefused:
    """Return the refusal that lets somebody point at columns, or one of a file that has none to point at."""
    preview = preview_of(tables)
    if any(lists_people(table) and not table.rows for table in tables):
        return ReportRefused(
            sentence=_(
                "This report has no rows: nobody is in it. Download the report of this meeting again, "
                "once it's over."
            )
        )
    if len(preview.names) > 1 and preview.rows:
        return ColumnsUnknown(preview)
    return ReportRefused(
        sentence=_("We found no table in this file. Upload the report that says when people joined and left.")
    )


def lists_people(table: Table) -> bool:
    """Return whether a header says in words that we know that people, and their times, stand below."""
    said = set(map(role_of, table.header))
    return bool({Role.NAME, Role.FIRST_NAME} & said and {Role.JOINED, Role.STAMP, Role.TOTAL} & said)


def _shown(cell: str) -> str:
    return one_line(cell[:LONGEST])


def pointed(tables: Sequence[Table], columns: Columns) -> Found | None:
    """Return the widest table with the columns that somebody pointed at; None where it has none such."""
    table = widest(tables)
    places = [columns.name, columns.joined, columns.left, columns.address or 0]
    if table is None or not table.rows or not all(0 <= place < max(map(len, table.rows)) for place in places):
        return None
    roles = {Role.NAME: columns.name, Role.JOINED: columns.joined, Role.LEFT: columns.left}
    if columns.address is not None:
        roles[Role.ADDRESS] = columns.address
    return Found(LAYOUTS["pointed"], [(without_repeats(table), roles)])
