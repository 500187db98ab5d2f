"""Which layout a file has, and which of its tables hold the visits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from registrations.attendance.imports.actions import known_action
from registrations.attendance.imports.layouts import LAYOUTS, Layout
from registrations.attendance.imports.moments import written
from registrations.attendance.imports.roles import Roles, roles_of
from registrations.attendance.imports.tables import Sheet, Table, without_repeats
from registrations.attendance.imports.words import Role, role_of
from stemnet.plain_names import plain_name

MOMENTS_ASKED = 20
PLACE_OF_STAMP, MOST_ACTIONS = 2, 3  # of a list of joins and leaves
MOST_OF_TOTALS = 6  # columns of a list of totals
ZOOM_WIDTH = 8  # columns of a Zoom meeting that has a waiting room, which is the last


@dataclass
class Found:
    """What was recognized: its layout, the tables to read, and those that know addresses, with roles."""

    layout: Layout
    tables: list[tuple[Table, Roles]]
    directory: list[tuple[Table, Roles]] = field(default_factory=list)


def find(sheet: Sheet, tables: Sequence[Table]) -> Found | None:
    """Return what a file is, or None where nobody knows its columns."""
    known = [(table, roles_of(table)) for table in map(without_repeats, tables) if table.rows]
    sections = {table.section for table in tables if table.section}
    if {2} <= sections and sections & {1, 3}:
        return _teams(known)
    if actions := [one for one in known if _is_actions(*one)]:
        return _actions(actions)
    visits = [one for one in known if _has(one[1], Role.JOINED, Role.LEFT)]
    if visits and _is_meeting(*visits[0]) and any(_names_people(*one) for one in known if one != visits[0]):
        del visits[0]  # the row that describes the meeting
    if visits:
        layout = _layout(sheet, visits)
        return Found(layout, visits) if layout else None
    return _totals(known)


def _has(roles: Roles, *wanted: Role) -> bool:
    return all(role in roles for role in wanted) and (Role.NAME in roles or Role.FIRST_NAME in roles)


def _teams(known: Sequence[tuple[Table, Roles]]) -> Found | None:
    """Return the visits of section 3, else what section 2 knows; words of the tables are not looked at."""
    people = [one for one in known if one[0].section == 2 and Role.NAME in one[1]]
    visits = [one for one in known if one[0].section == 3 and _has(one[1], Role.JOINED, Role.LEFT)]
    if visits:
        return Found(LAYOUTS["teams"], visits[:1], people[:1])
    if people and _has(people[0][1], Role.JOINED, Role.LEFT):
        return Found(LAYOUTS["teams_first_last"], people[:1], people[:1])
    return Found(LAYOUTS["names"], people[:1], people[:1]) if people else None


def _is_actions(table: Table, roles: Roles) -> bool:
    """Say whether a table has a moment and an action in each row: by its words, or as three columns."""
    if Role.STAMP not in roles or Role.JOINED in roles or Role.LEFT in roles:
        return False
    if Role.ACTION in roles:
        return Role.NAME in roles
    if roles[Role.STAMP] != PLACE_OF_STAMP or max(map(len, table.rows)) != PLACE_OF_STAMP + 1:
        return False
    names, actions = table.column(0), set(table.column(1))
    is_list = len(actions) <= MOST_ACTIONS and (
        any(map(known_action, actions)) or len(set(names)) < len(names)
    )
    if is_list:
        roles.update({Role.NAME: 0, Role.ACTION: 1})
    return is_list


def _actions(found: list[tuple[Table, Roles]]) -> Found:
    is_live = any(Role.SESSION in roles for _table, roles in found)
    return Found(LAYOUTS["teams_live" if is_live else "teams_actions"], found)


def _names_people(table: Table, roles: Roles) -> bool:
    return _has(roles) and bool({Role.ADDRESS, Role.TOTAL, Role.JOINED} & set(roles))


def _is_meeting(table: Table, roles: Roles) -> bool:
    """Say whether a table is one row with the number of the meeting, which stands above its people."""
    if len(table.rows) != 1:
        return False
    numbers = [cell.replace("-", "").replace(" ", "") for cell in table.rows[0][:2]]
    return (Role.TITLE in roles and Role.NAME not in roles) or any(map(str.isdigit, numbers))


def _layout(sheet: Sheet, visits: Sequence[tuple[Table, Roles]]) -> Layout | None:
    """Return the layout of tables of visits, by their headers and by the place of their columns."""
    table, roles = visits[-1]
    said = {plain_name(cell).replace(" ", "") for each, _roles in visits for cell in each.header}
    if "attendeefirstjointime" in said:
        return LAYOUTS["collaborate"]
    if {"datecreated", "dateend"} <= said:
        return LAYOUTS["adobe"]
    if "connectiontype" in said or "meetingstarttime" in said:
        return LAYOUTS["webex"]
    if len(visits) > 1 or ("timeinsessionminutes" in said and "countryregionname" in said):
        return LAYOUTS["zoom_webinar"]
    if _lacks_dates(table, roles):
        return _undated(sheet, table.header, roles)
    return _dated(sheet, table, roles)


def _lacks_dates(table: Table, roles: Roles) -> bool:
    cells = table.column(roles[Role.JOINED])
    said = islice((one for cell in cells if (one := written(cell.strip()))), MOMENTS_ASKED)
    return not any(one.numbers for one in said)


def _undated(sheet: Sheet, header: Sequence[str], roles: Roles) -> Layout | None:
    """Return which of the tools that write no date: Meet puts the total before the moments."""
    if any("GoToMeeting" in cell for row in sheet.rows[:3] for cell in row):
        return LAYOUTS["gotomeeting"]
    if Role.ADDRESS not in roles and len(roles) < 4 and roles[Role.JOINED] > 4:
        return LAYOUTS["bigbluebutton"]
    if Role.FIRST_NAME in roles or roles.get(Role.TOTAL, 99) < roles[Role.JOINED]:
        return LAYOUTS["meet"]
    if not _is_said(header, roles):
        return None
    return LAYOUTS["gotomeeting"] if roles.get(Role.NAME) == 0 else LAYOUTS["other"]


def _dated(sheet: Sheet, table: Table, roles: Roles) -> Layout | None:
    name, joined = roles.get(Role.NAME, -1), roles[Role.JOINED]
    header = table.header
    if name == 0 and joined >= 8 and roles[Role.LEFT] == joined + 1 and Role.ADDRESS not in roles:
        return LAYOUTS["bigbluebutton"]
    has_preamble = any(len(row) > 6 for row in sheet.rows[:1]) and header != sheet.rows[0]
    if name == 0 and joined in (1, 2) and (_heading(table, name).endswith((")", "）")) or has_preamble):
        if len(header) >= ZOOM_WIDTH and Role.WAITING not in roles:
            roles[Role.WAITING] = ZOOM_WIDTH - 1
        return LAYOUTS["zoom"]
    if Role.UPN in roles:
        return LAYOUTS["teams_summary"]
    if not _is_said(header, roles):
        return None
    return LAYOUTS["meet" if roles.get(Role.TOTAL, 99) < joined else "other"]


def _is_said(header: Sequence[str], roles: Roles) -> bool:
    """Say whether the words of a header are known: values alone don't tell whose moments they are."""
    names = (Role.NAME, Role.FIRST_NAME)
    said = {role: role_of(header[place]) for role, place in roles.items() if place < len(header)}
    is_named = any(said.get(role) is role for role in names)
    return is_named and said.get(Role.JOINED) is Role.JOINED and said.get(Role.LEFT) is Role.LEFT


def _heading(table: Table, place: int) -> str:
    """Return the words above a column; a header may be shorter than its rows."""
    return table.header[place].rstrip() if place < len(table.header) else ""


def _totals(known: Sequence[tuple[Table, Roles]]) -> Found | None:
    """Return a table of names and totals, of which nothing can be credited."""
    for table, roles in known:
        if table.header and len(table.header) <= MOST_OF_TOTALS and _has(roles, Role.TOTAL, Role.ADDRESS):
            name, total = (_heading(table, roles.get(role, 0)) for role in (Role.NAME, Role.TOTAL))
            is_zoom = name.endswith((")", "）"))
            if is_zoom or role_of(total) is Role.TOTAL:
                return Found(LAYOUTS["zoom_unique" if is_zoom else "totals"], [(table, roles)])
    return None
