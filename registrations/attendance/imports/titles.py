"""What a file says of its meeting: the title, and letters of a zone."""

from collections.abc import Sequence
from itertools import pairwise

from registrations.attendance.imports.durations import length
from registrations.attendance.imports.finding import Found
from registrations.attendance.imports.moments import Written, written
from registrations.attendance.imports.tables import Sheet
from registrations.attendance.imports.words import Role, role_of
from stemnet.one_line import one_line

ABOVE = 12  # rows in which a title may stand
LONGEST = 200


def title_of(sheet: Sheet, found: Found) -> str:
    """Return the title of the meeting, or nothing where the file has none."""
    return one_line(_title(sheet, found)[:LONGEST])


def _title(sheet: Sheet, found: Found) -> str:
    table, roles = found.tables[0]
    if Role.TITLE in roles and table.rows:
        return table.column(roles[Role.TITLE])[0]
    above = [row for row in sheet.rows[:ABOVE] if row]
    for row, below in pairwise(above):
        places = [place for place, cell in enumerate(row) if cell and role_of(cell) is Role.TITLE]
        if places and len(row) > 2 and places[0] < len(below):
            return below[places[0]]
    if found.layout.code == "gotomeeting":
        return above[0][0].removesuffix(" Attendees") if above else ""
    pairs = [row[1] for row in above if len(row) > 1 and row[1] and not any(row[2:])]
    return next((cell for cell in pairs if not written(cell.strip()) and length(cell) is None), "")


def zone_words_of(sheet: Sheet, said: Sequence[Written]) -> str:
    """Return letters of a zone, such as EDT, from the moments or from what stands above the table."""
    above = [written(cell.strip()) for row in sheet.rows[:ABOVE] for cell in row if cell]
    return next((one.zone_words for one in (*said, *above) if one and one.zone_words), "")
