"""Which column of a table says what: by known words of its header, else by the values below."""

from collections import Counter
from collections.abc import Sequence

from registrations.attendance.imports.durations import length
from registrations.attendance.imports.moments import written
from registrations.attendance.imports.names import ADDRESS
from registrations.attendance.imports.tables import Table
from registrations.attendance.imports.words import NO, YES, Role, role_of
from stemnet.plain_names import plain_name

LOOKED_AT = 24  # rows
EMPTY = {"", "-", "--", "—"}
Roles = dict[Role, int]


def roles_of(table: Table) -> Roles:
    """Return the place of each column that is known; missing ones are found by their values."""
    roles, others = _by_words(table.header)
    looks = looks_of(table)
    _drop_wrong(roles, looks)
    _add_moments(roles, looks, others)
    _add_address(roles, looks)
    _add_name(roles, looks, others, table)
    _add_total(roles, looks, others)
    return roles


def _by_words(header: Sequence[str]) -> tuple[Roles, set[int]]:
    """Return the columns whose words are known, and those that are known to be none that is needed.

    Some exports describe the host of the meeting before the participant: a name with the original one in
    brackets is the participant's, and its address stands behind it.
    """
    places: dict[Role, list[int]] = {}
    for place, heading in enumerate(header):
        if heading and (role := role_of(heading)):
            places.setdefault(role, []).append(place)
    others = set(places.pop(Role.OTHER, ()))
    roles = {role: found[0] for role, found in places.items()}
    if names := places.get(Role.NAME):
        roles[Role.NAME] = next(
            (place for place in names if header[place].rstrip().endswith((")", "）"))), names[0]
        )
        for role in (Role.ADDRESS, Role.TOTAL):
            if role in roles:
                behind = (place for place in places[role] if place > roles[Role.NAME])
                roles[role] = next(behind, roles[role])
    return roles, others


def looks_of(table: Table) -> list[str]:
    """Return what the values of each column look like: moment, time, length, address, words or nothing."""
    step = max(1, len(table.rows) // LOOKED_AT)
    rows = table.rows[::step]
    width = max(map(len, rows), default=0)
    columns = ([row[place] for row in rows if place < len(row)] for place in range(width))
    return [_look([cell for cell in column if cell.strip() not in EMPTY]) for column in columns]


def _look(cells: Sequence[str]) -> str:
    """Return what most of some cells are."""
    if not cells:
        return ""
    look, times = Counter(map(_look_of, cells)).most_common(1)[0]
    return look if times * 2 > len(cells) else "words"


def _look_of(cell: str) -> str:
    if "@" in cell and ADDRESS.fullmatch(cell.strip()):
        return "address"
    said = written(cell.strip())
    if said is not None and said.clock is not None and (said.numbers or not length(cell) or ":" in cell):
        return "moment" if said.numbers else "time"
    return "length" if length(cell) is not None else "words"


def _drop_wrong(roles: Roles, looks: Sequence[str]) -> None:
    """Forget columns whose words promise moments or names, and whose values are none."""
    for role in (Role.JOINED, Role.LEFT, Role.STAMP):
        if role in roles and _at(looks, roles[role]) not in ("moment", "time", ""):
            del roles[role]
    if Role.NAME in roles and _at(looks, roles[Role.NAME]) in ("moment", "address"):
        del roles[Role.NAME]


def _at(looks: Sequence[str], place: int) -> str:
    return looks[place] if place < len(looks) else ""


def _add_moments(roles: Roles, looks: Sequence[str], others: set[int]) -> None:
    """Find joined and left: of the columns of moments the last two, for registering comes before."""
    if Role.JOINED in roles and Role.LEFT in roles:
        return
    taken = set(roles.values()) | others
    free = [place for place, look in enumerate(looks) if look == "moment" and place not in taken]
    if not free:
        ends = [place for place, look in enumerate(looks) if look == "time" and place not in taken]
        free = ends if roles.get(Role.TOTAL) is not None or len(ends) < 3 else ends[-3:-1]
    if Role.JOINED in roles or Role.LEFT in roles:
        missing = Role.LEFT if Role.JOINED in roles else Role.JOINED
        if free:
            roles[missing] = free[-1]
    elif len(free) > 1:
        roles[Role.JOINED], roles[Role.LEFT] = free[-2:]
    elif free and Role.STAMP not in roles:
        roles[Role.STAMP] = free[0]


def _add_address(roles: Roles, looks: Sequence[str]) -> None:
    if Role.ADDRESS not in roles:
        free = [
            place for place, look in enumerate(looks) if look == "address" and place != roles.get(Role.UPN)
        ]
        if free:
            roles[Role.ADDRESS] = free[0]


def _add_name(roles: Roles, looks: Sequence[str], others: set[int], table: Table) -> None:
    """Find the name: of the columns of words the one with most values that are no yes or no."""
    if Role.NAME in roles or Role.FIRST_NAME in roles:
        return
    taken = {place for role, place in roles.items() if role is not Role.LAST_NAME} | others
    words = [place for place, look in enumerate(looks) if look == "words" and place not in taken]
    various = {place: _values(table.column(place)[:500]) for place in words}
    if words and (best := max(words, key=lambda place: (len(various[place]), -place))) is not None:
        roles[Role.NAME] = best


def _values(cells: Sequence[str]) -> set[str]:
    return {plain for cell in cells if (plain := plain_name(cell)) and plain not in YES and plain not in NO}


def _add_total(roles: Roles, looks: Sequence[str], others: set[int]) -> None:
    """Find the tool's own figure: right behind the moments, right before them, or in place of them."""
    if Role.TOTAL in roles or Role.STAMP in roles:
        return
    taken = set(roles.values()) | others
    places = [place for place, look in enumerate(looks) if look == "length"][:1]
    if Role.JOINED in roles and Role.LEFT in roles:
        places = [roles[Role.LEFT] + 1, roles[Role.JOINED] - 1]
    for place in places:
        if place >= 0 and place not in taken and _at(looks, place) in ("length", "time"):
            roles[Role.TOTAL] = place
            return
