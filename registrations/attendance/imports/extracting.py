"""Tables of visits into lines."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import repeat

from registrations.attendance.imports.durations import length
from registrations.attendance.imports.layouts import Layout
from registrations.attendance.imports.lines import Doubt, Line
from registrations.attendance.imports.moments import Clock
from registrations.attendance.imports.names import clean_address, kind_of, split_name
from registrations.attendance.imports.roles import EMPTY, Roles
from registrations.attendance.imports.tables import Table
from registrations.attendance.imports.words import NO, YES, Role
from stemnet.plain_names import plain_name

NEVER_CAME = timedelta()


def names_in(table: Table, roles: Roles) -> list[str]:
    """Return the names of a table; first and last name together where it has no whole one."""
    first, last = roles.get(Role.FIRST_NAME, roles.get(Role.NAME)), roles.get(Role.LAST_NAME)
    if Role.NAME in roles and (Role.FIRST_NAME in roles or last is None):
        return table.column(roles[Role.NAME])
    if first is None or last is None:
        return table.column(first or 0)
    pairs = zip(table.column(first), table.column(last), strict=True)
    return [f"{one} {other}".strip() for one, other in pairs]


def cells_in(table: Table, roles: Roles, role: Role) -> list[str]:
    """Return the cells of a role, or empty ones where the table doesn't have it."""
    return table.column(roles[role]) if role in roles else [""] * len(table.rows)


def lines_of(table: Table, roles: Roles, *, layout: Layout, clock: Clock) -> Iterator[Line]:
    """Yield a line for each row that names somebody."""
    addresses = map(clean_address, cells_in(table, roles, Role.ADDRESS))
    joined = clock.column(cells_in(table, roles, Role.JOINED))
    left = clock.column(cells_in(table, roles, Role.LEFT))
    totals = map(length, cells_in(table, roles, Role.TOTAL))
    waiting = waits(cells_in(table, roles, Role.WAITING)) if Role.WAITING in roles else repeat(False)
    came = cells_in(table, roles, Role.ATTENDED) if Role.ATTENDED in roles else repeat("")
    columns = (table.numbers, names_in(table, roles), addresses, joined, left, totals, waiting, came)
    has_original, doubt = layout.has_original, layout.doubt
    for number, cell, address, start, end, total, waited, attended in zip(*columns, strict=False):
        name, original = split_name(cell, has_original=has_original)
        if not name and not address and start is None:
            continue
        is_absent = bool(attended) and start is None and is_no(attended)
        yield Line(
            number=number,
            name=name,
            original_name=original,
            address=address,
            kind=kind_of(name, original, bool(address)),
            joined=start,
            left=end,
            total=NEVER_CAME if is_absent else total,
            waiting=waited,
            doubt=Doubt.NONE if is_absent else doubt_of(doubt, start, end, total),
        )


def doubt_of(doubt: Doubt, start: datetime | None, end: datetime | None, total: timedelta | None) -> Doubt:
    """Return why a row doesn't know how long somebody was there."""
    if start is None and end is None:
        return Doubt.NO_TIMES
    if start is None:
        return Doubt.CAME_BEFORE
    if end is None:
        return Doubt.NO_LEFT
    return doubt if total is not None or doubt is Doubt.NO_TIMES else Doubt.NONE


def is_no(cell: str) -> bool:
    """Say whether a cell says no, or nothing."""
    return cell.strip() in EMPTY or plain_name(cell) in NO


def waits(cells: Sequence[str]) -> list[bool]:
    """Return for each row whether it was in a waiting room; a word that nobody knows is the rarer one."""
    said = {cell: plain_name(cell) for cell in set(cells) if cell.strip() not in EMPTY}
    yes = {cell for cell, plain in said.items() if plain in YES}
    if not yes:
        unknown = [cell for cell, plain in said.items() if plain not in NO]
        if len(said) == 2 and unknown:
            yes = {min(unknown, key=cells.count)}
    return [cell in yes for cell in cells]
