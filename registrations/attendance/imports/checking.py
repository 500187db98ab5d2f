"""What doesn't fit in a report: leaving before joining, totals that differ, times that nobody can read."""

from collections.abc import Collection, Sequence
from datetime import date

from registrations.attendance.imports.days import days_of, in_words, start_of
from registrations.attendance.imports.durations import lengths
from registrations.attendance.imports.extracting import cells_in, names_in
from registrations.attendance.imports.finding import Found
from registrations.attendance.imports.instants import DAY, day_of
from registrations.attendance.imports.lines import Doubt, Line
from registrations.attendance.imports.moments import Clock, written
from registrations.attendance.imports.names import bare_name, clean_address
from registrations.attendance.imports.orders import TURNED
from registrations.attendance.imports.problems import Problem
from registrations.attendance.imports.roles import EMPTY
from registrations.attendance.imports.words import Role
from stemnet.one_line import one_line

SECONDS, MINUTE = 2, 61  # what rounding may add or take
NOTHING = (0, 0)
NAMED = 5  # lines or names that a sentence says


def checked(lines: list[Line], found: Found, *, has_dates: bool) -> tuple[list[Line], list[Problem]]:
    """Return the lines with addresses that another table knows and with midnight read, and what was found."""
    lacking = {bare_name(line.name) for line in lines if not line.address} if found.directory else set()
    if known := _addresses(found, lacking):
        for place, line in enumerate(lines):
            if not line.address and (address := known.get(bare_name(line.name))):
                lines[place] = line._replace(address=address)
    backward = [
        place for place, line in enumerate(lines) if line.joined and line.left and line.left < line.joined
    ]
    passed = 0
    for place in backward:
        lines[place], past_midnight = _forward(lines[place], has_dates=has_dates)
        passed += past_midnight
    remarks = [("midnight", passed), ("left_first", len(backward) - passed)]
    return lines, [Problem(code=code, count=count) for code, count in remarks if count]


def _forward(line: Line, *, has_dates: bool) -> tuple[Line, bool]:
    """Return a line that leaves before joining as past midnight, or with its doubt; and which it is."""
    if not has_dates and line.joined and line.left and line.joined - line.left > DAY // 2:
        return line._replace(left=line.left + DAY), True
    return line._replace(doubt=Doubt.LEFT_FIRST), False


def _addresses(found: Found, asked: Collection[str]) -> dict[str, str]:
    """Return the address of each ``asked`` name that one person alone has in the tables that know them."""
    known: dict[str, set[str]] = {}
    for table, roles in found.directory:
        mails, upns = cells_in(table, roles, Role.ADDRESS), cells_in(table, roles, Role.UPN)
        for name, mail, upn in zip(names_in(table, roles), mails, upns, strict=True):
            if (bare := bare_name(name)) in asked:
                known.setdefault(bare, set()).add(clean_address(mail) or clean_address(upn))
    return {name: next(iter(ones)) for name, ones in known.items() if len(ones) == 1}


def problems_of(
    lines: Sequence[Line], others: Sequence[Line], found: Found, clock: Clock, day: date
) -> list[Problem]:
    """Return what a person should know before believing these lines."""
    next_day = [] if clock.is_utc else _of_next_day(lines, day)
    problems = [*_of_other_days(others), *next_day, *_of_times(lines, found), *_of_totals(lines, found)]
    if len(titles := _titles(lines, found)) > 1:
        problems.append(Problem(code="several_meetings", count=len(titles), words=", ".join(titles[:NAMED])))
    if clock.order == TURNED:
        problems.append(Problem(code="turned_days"))
    return problems


def _titles(lines: Sequence[Line], found: Found) -> list[str]:
    """Return the meetings of which a file of Collaborate, which may hold many, has lines of the day."""
    if found.layout.code != "collaborate":
        return []
    table, roles = found.tables[0]
    kept = {line.number for line in lines}
    pairs = zip(table.numbers, cells_in(table, roles, Role.TITLE), strict=True)
    return sorted({title for number, title in pairs if number in kept})


def _of_other_days(others: Sequence[Line]) -> list[Problem]:
    if not others:
        return []
    words = in_words([day_of(start_of(line)) for line in others])
    return [Problem(code="other_days", count=len(others), words=words)]


def _of_next_day(lines: Sequence[Line], day: date) -> list[Problem]:
    days = days_of(lines)
    if not days or day in days:
        return []
    return [Problem(code="next_day", count=len(lines), words=in_words(days))]


def _of_times(lines: Sequence[Line], found: Found) -> list[Problem]:
    """Return that a file has no times, or of which rows nobody can read them."""
    if found.layout.doubt is Doubt.NO_TIMES:
        code = "unique_users" if found.layout.code == "zoom_unique" else "no_times"
        return [Problem(code=code, count=len(lines))]
    has_all = all(line.joined and line.left for line in lines)
    unread = [] if has_all else sorted(_unread(found))
    if not unread:
        return []
    words = ", ".join(map(str, unread[:NAMED])) + (", …" if len(unread) > NAMED else "")
    return [Problem(code="unread", count=len(unread), words=words)]


def _unread(found: Found) -> set[int]:
    """Return the lines whose times say something that is no time; they are few, so each is asked again."""
    unread = set()
    for table, roles in found.tables:
        for role in (Role.JOINED, Role.LEFT, Role.STAMP):
            if role in roles:
                pairs = zip(table.numbers, table.column(roles[role]), strict=True)
                odd = [(number, cell.strip()) for number, cell in pairs if ":" not in cell]
                unread |= {number for number, cell in odd if cell not in EMPTY and not written(cell)}
    return unread


def _of_totals(lines: Sequence[Line], found: Found) -> list[Problem]:
    """Return where visits are not as long as the tool says, each and each person's together."""
    differ, sums = 0, dict[str, tuple[int, int]]()
    is_summed = found.layout.code == "teams"
    for _number, name, _original, _address, _kind, joined, left, total, _waiting, doubt in lines:
        if joined is None or left is None:
            continue
        stay = left - joined
        if total is not None and total != stay and not doubt:
            differ += abs(stay - total) > (SECONDS if total % 60 else MINUTE)
        if is_summed:
            visits, before = sums.get(name, NOTHING)
            sums[name] = visits + 1, before + stay
    problems = [Problem(code="totals_differ", count=differ)] if differ else []
    if names := _sums_that_differ(sums, found):
        words = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
        problems.append(Problem(code="sums_differ", count=len(names), words=words))
    return problems


def _sums_that_differ(sums: dict[str, tuple[int, int]], found: Found) -> list[str]:
    """Return the names whose visits, a number and their seconds, are not what the list of people says."""
    names = []
    for table, roles in found.directory if sums else ():
        totals = lengths(cells_in(table, roles, Role.TOTAL))
        for cell, total in zip(names_in(table, roles), totals, strict=True):
            visits, stay = sums.get(cell) or sums.get(one_line(cell), NOTHING)
            if total is not None and visits and abs(stay - total) > visits + 1:
                names.append(bare_name(one_line(cell)))
    return names
