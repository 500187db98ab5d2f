"""What doesn't fit in a report: leaving before joining, totals that differ, times that nobody can read."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from registrations.attendance.imports.days import days_of, in_words
from registrations.attendance.imports.extracting import cells_in, lengths, names_in
from registrations.attendance.imports.finding import Found
from registrations.attendance.imports.lines import Doubt, Line
from registrations.attendance.imports.moments import written
from registrations.attendance.imports.names import bare_name, clean_address
from registrations.attendance.imports.orders import TURNED
from registrations.attendance.imports.problems import Problem
from registrations.attendance.imports.roles import EMPTY
from registrations.attendance.imports.words import Role
from stemnet.one_line import one_line

NOTHING, DAY = timedelta(), timedelta(days=1)
SECONDS, MINUTE = timedelta(seconds=2), timedelta(seconds=61)  # what rounding may add or take
HALF_DAY = timedelta(hours=12)
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
    if not has_dates and line.joined and line.left and line.joined - line.left > HALF_DAY:
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
    lines: Sequence[Line], others: Sequence[Line], found: Found, order: str, day: date
) -> list[Problem]:
    """Return what a person should know before believing these lines."""
    problems = [*_of_days(lines, others, day), *_of_times(lines, found), *_of_totals(lines, found)]
    if len(titles := _titles(lines, found)) > 1:
        problems.append(Problem(code="several_meetings", count=len(titles), words=", ".join(titles[:NAMED])))
    if order == TURNED:
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


def _of_days(lines: Sequence[Line], others: Sequence[Line], day: date) -> list[Problem]:
    problems = []
    days = days_of(lines)
    if others:
        words = in_words([start.date() for line in others if (start := line.joined or line.left)])
        problems.append(Problem(code="other_days", count=len(others), words=words))
    if days and day not in days and not any(line.joined and line.joined.tzinfo for line in lines):
        problems.append(Problem(code="next_day", count=len(lines), words=in_words(days)))
    return problems


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
    stays = [
        line.left - line.joined if line.joined is not None and line.left is not None else None
        for line in lines
    ]
    differ = 0
    for line, stay in zip(lines, stays, strict=True):
        if stay is not None and line.total is not None and not line.doubt:
            differ += abs(stay - line.total) > (SECONDS if line.total.seconds % 60 else MINUTE)
    problems = [Problem(code="totals_differ", count=differ)] if differ else []
    names = _sums_that_differ(lines, stays, found) if found.layout.code == "teams" else []
    if names:
        words = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
        problems.append(Problem(code="sums_differ", count=len(names), words=words))
    return problems


def _sums_that_differ(lines: Sequence[Line], stays: Sequence[timedelta | None], found: Found) -> list[str]:
    """Return the names whose visits add up to other than what the list of participants says."""
    sums: dict[str, timedelta] = {}
    visits = Counter([line.name for line in lines])
    for line, stay in zip(lines, stays, strict=True):
        if stay is not None:
            name = line.name
            sums[name] = sums[name] + stay if name in sums else stay
    names = []
    for table, roles in found.directory:
        totals = lengths(cells_in(table, roles, Role.TOTAL))
        for cell, total in zip(names_in(table, roles), totals, strict=True):
            name = one_line(cell)
            allowed = timedelta(0, visits[name] + 1)
            if total is not None and name in sums and abs(sums[name] - total) > allowed:
                names.append(bare_name(name))
    return names
