"""Which rows of a file are of the meeting: its day, also past midnight or in another zone."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partners.models import local_day
from registrations.attendance.exceptions import ReportRefused
from registrations.attendance.imports.instants import DAY, HOUR, day_of, instant
from registrations.attendance.imports.lines import Line
from registrations.attendance.imports.moments import written
from registrations.attendance.imports.orders import days_in, fitting
from registrations.attendance.imports.tables import Sheet

APART = 4 * HOUR  # what lies further apart on another day is another meeting
BESIDE = timedelta(days=1)
IN_NAME = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
ABOVE = 12  # rows above a table that may say the day
MOST_DAYS = 5


class Meeting(NamedTuple):
    """What is known of the meeting: the name of the file, its day, the zone of that day, the file's title."""

    file_name: str
    day: date
    zone: ZoneInfo | None
    title: str = ""


def stated_day(sheet: Sheet, meeting: Meeting) -> date:
    """Return the day of a file without dates: as its name or first lines say, else the meeting's."""
    days = [on for on in _stated(sheet, meeting) if on is not None]
    near = [on for on in days if abs(on - meeting.day) <= BESIDE]
    if days and not near:
        raise other_day(days, meeting)
    return min(near, key=lambda on: abs(on - meeting.day), default=meeting.day)


def _stated(sheet: Sheet, meeting: Meeting) -> Iterator[date | None]:
    for year, month, day in IN_NAME.findall(meeting.file_name):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue
    for row in sheet.rows[:ABOVE]:
        said = [one for cell in row if cell and (one := written(cell.strip())) and one.numbers and one.clock]
        yield from days_in(said, fitting(said, meeting.day)) or ()


def other_day(days: Sequence[date], meeting: Meeting) -> ReportRefused:
    """Return the refusal of a report that is of other days, with its title where it has one."""
    words = {"days": in_words(days), "day": in_words([meeting.day]), "title": meeting.title}
    if meeting.title:
        sentence = _(
            "This report is of %(days)s (“%(title)s”), and the meeting is on %(day)s. Choose the report of "
            "that day."
        )
    else:
        sentence = _(
            "This report is of %(days)s, and the meeting is on %(day)s. Choose the report of that day."
        )
    return ReportRefused(sentence=sentence % words)


def in_words(days: Sequence[date]) -> str:
    """Return days in words, the first few of them."""
    named = [date_format(on, "F j, Y") for on in sorted(set(days))]
    more = "" if len(named) <= MOST_DAYS else ", …"
    return f"{', '.join(named[:MOST_DAYS])}{more}"


def of_day(lines: list[Line], meeting: Meeting, *, is_utc: bool) -> tuple[list[Line], list[Line]]:
    """Return the lines of the meeting's day, and those of other days; ``is_utc`` says what their times are.

    Lines hang together until four hours of another day lie between them, so that a meeting may pass midnight.
    Where none is of that day, those of the day before or after are taken: the file may be in another zone.
    Raises ReportRefused where they are all further away.
    """
    zone = meeting.zone if is_utc else None
    first = next((line for line in lines if line.joined or line.left), None)
    if first is None or {_day(first, zone), *days_of(lines)} == {meeting.day}:
        return lines, []
    dated = [line for line in lines if line.joined or line.left]
    runs = list(_runs(dated))
    near = _near(runs, meeting, is_utc=is_utc)
    if not near:
        raise other_day([_day(line, zone) for line in dated], meeting)
    taken = {id(line) for run in near for line in run}
    others = [line for line in dated if id(line) not in taken]
    gone = {id(line) for line in others}
    return [line for line in lines if id(line) not in gone], others


def days_of(lines: Sequence[Line]) -> list[date]:
    """Return the days on which people joined, on the clock of the file."""
    moments = [line.joined for line in lines if line.joined]
    if not moments:
        return []
    first, last = min(moments), max(moments)
    if first // DAY == last // DAY:
        return [day_of(first)]
    return [day_of(day * DAY) for day in sorted({moment // DAY for moment in moments})]


def _near(runs: Sequence[list[Line]], meeting: Meeting, *, is_utc: bool) -> list[list[Line]]:
    """Return the runs that touch the day, else those of the days beside it."""
    zone = meeting.zone if is_utc else None
    for reach in (timedelta(), BESIDE):
        if is_utc and zone is None and not reach:
            continue  # whose day it is, only the zone tells
        near = [run for run in runs if any(abs(_day(line, zone) - meeting.day) <= reach for line in run)]
        if near:
            return near
    return []


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    run: list[Line] = []
    until = 0
    for line in sorted(lines, key=start_of):
        start, end = start_of(line), line.left or start_of(line)
        if run and start // DAY != until // DAY and start - until > APART:
            yield run
            run = []
        until = max(until, end) if run else max(start, end)
        run.append(line)
    yield run


def start_of(line: Line) -> int:
    """Return the first moment of a line that has one."""
    return line.joined or line.left or 0


def _day(line: Line, zone: ZoneInfo | None) -> date:
    """Return the day of a line: in ``zone`` where its times are those of UTC."""
    return local_day(instant(start_of(line)), zone) if zone else day_of(start_of(line))
