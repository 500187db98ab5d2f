"""Tables of visits into lines."""

from collections.abc import Sequence
from functools import partial
from itertools import repeat

from registrations.attendance.imports.durations import lengths
from registrations.attendance.imports.instants import MINUTE
from registrations.attendance.imports.layouts import Layout
from registrations.attendance.imports.lines import Doubt, Line
from registrations.attendance.imports.moments import Clock
from registrations.attendance.imports.names import who
from registrations.attendance.imports.roles import EMPTY, Roles
from registrations.attendance.imports.tables import Table
from registrations.attendance.imports.words import NO, YES, Role
from stemnet.plain_names import plain_name

DASHES = EMPTY - {""}


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


def lines_of(table: Table, roles: Roles, *, layout: Layout, clock: Clock) -> list[Line]:
    """Return a line for each row that names somebody; column by column, which is what makes it fast."""
    pairs = list(zip(names_in(table, roles), cells_in(table, roles, Role.ADDRESS), strict=True))
    known = {pair: who(*pair, has_original=layout.has_original) for pair in set(pairs)}
    found = [known[pair] for pair in pairs]
    names, originals, addresses, kinds = zip(*found, strict=True) if found else ((), (), (), ())
    joined = clock.column(cells_in(table, roles, Role.JOINED))
    left = clock.column(cells_in(table, roles, Role.LEFT))
    totals = lengths(cells_in(table, roles, Role.TOTAL))
    if layout.doubt is Doubt.AWAY:
        totals = _in_seconds(totals, joined, left, cells_in(table, roles, Role.TOTAL))
    doubts = _doubts(layout.doubt, joined, left, totals)
    _note_absent(table, roles, joined, totals, doubts)
    columns = (
        table.numbers,
        names,
        originals,
        addresses,
        kinds,
        joined,
        left,
        totals,
        waits(cells_in(table, roles, Role.WAITING)),
        doubts,
    )
    lines = map(partial(tuple.__new__, Line), zip(*columns, strict=True))  # as Line._make does
    if layout.code == "bigbluebutton":  # its last record holds the answers of nobody
        return [line for line in lines if line.joined]
    if all(names):
        return list(lines)
    return [line for line in lines if line.name or line.address or line.joined]


def _in_seconds(
    totals: list[int | None],
    joined: Sequence[int | None],
    left: Sequence[int | None],
    cells: Sequence[str],
) -> list[int | None]:
    """Return bare numbers as seconds where as minutes most would outlast the visits."""
    rows = zip(cells, joined, left, totals, strict=True)
    bare = [
        (end - start, total)
        for cell, start, end, total in rows
        if cell.isdecimal() and start and end and total
    ]
    longer = sum(total > visit + 2 * MINUTE for visit, total in bare)
    if longer * 2 <= len(bare) or any(total // 60 > visit + 2 * MINUTE for visit, total in bare):
        return totals
    pairs = zip(cells, totals, strict=True)
    return [total // 60 if total is not None and cell.isdecimal() else total for cell, total in pairs]


def _note_absent(
    table: Table,
    roles: Roles,
    joined: Sequence[int | None],
    totals: list[int | None],
    doubts: list[Doubt],
) -> None:
    """Give rows that say that somebody didn't come a total of nothing, of which there is no doubt.

    They say no, or have dashes where others have moments; an empty cell says nothing.
    """
    if None not in joined:
        return
    said = cells_in(table, roles, Role.ATTENDED)
    moments = zip(said, *(cells_in(table, roles, role) for role in (Role.JOINED, Role.LEFT)), strict=True)
    for place, (attended, start, end) in enumerate(moments):
        dashed = start.strip() in DASHES and end.strip() in DASHES
        if joined[place] is None and (dashed or (attended and is_no(attended))):
            totals[place], doubts[place] = 0, Doubt.NONE


def _doubts(
    doubt: Doubt,
    joined: Sequence[int | None],
    left: Sequence[int | None],
    totals: Sequence[int | None],
) -> list[Doubt]:
    """Return why each row doesn't know how long somebody was there."""
    if doubt is Doubt.NONE and None not in joined and None not in left:  # most reports
        return [doubt] * len(joined)
    return list(map(doubt_of, repeat(doubt), joined, left, totals))


def doubt_of(doubt: Doubt, start: int | None, end: int | None, total: int | None) -> Doubt:
    """Return why a row doesn't know how long somebody was there."""
    if start is not None and end is not None:
        return doubt if total is not None or doubt is Doubt.NO_TIMES else Doubt.NONE
    if start is None:
        return Doubt.NO_TIMES if end is None else Doubt.CAME_BEFORE
    return Doubt.NO_LEFT


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
