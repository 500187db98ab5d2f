"""Read a report of any known layout: `read_report` takes bytes and returns lines, days and problems."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from registrations.attendance.imports.actions import lines_of_actions
from registrations.attendance.imports.checking import checked, problems_of
from registrations.attendance.imports.contents import Content, opened
from registrations.attendance.imports.days import Meeting, days_of, of_day, stated_day
from registrations.attendance.imports.extracting import lines_of
from registrations.attendance.imports.finding import Found, find
from registrations.attendance.imports.lines import Columns, Doubt, Kind, Line, Preview
from registrations.attendance.imports.moments import Clock, Written
from registrations.attendance.imports.orders import TURNED, days_in, fitting, possible, said_in
from registrations.attendance.imports.pointing import pointed, unknown
from registrations.attendance.imports.problems import Problem
from registrations.attendance.imports.tables import Table, tables_of
from registrations.attendance.imports.titles import title_of, zone_words_of
from registrations.attendance.imports.words import Role
from stemnet.plain_names import plain_name

__all__ = ["Columns", "Doubt", "Kind", "Line", "Preview", "Problem", "Report", "read_report"]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a file says.

    ``days`` are those of its lines on the clock of the file. ``is_guessed`` says that the encoding is a
    guess: show names before believing it. ``date_order`` is "mdy", "dmy", "ymd" or "none"; ``otherwise`` is
    the day that the same numbers mean in another order, to be asked about where that day has a meeting, too.
    ``zone_words`` is what the file says of its zone, such as IST: shown, not trusted. ``header`` is a
    fingerprint by which columns that somebody pointed at are remembered.
    """

    layout: str
    layout_label: str | Promise
    title: str
    days: tuple[date, ...]
    lines: tuple[Line, ...]
    encoding: str
    is_guessed: bool
    date_order: str
    is_utc: bool
    zone_words: str
    header: str
    problems: tuple[Problem, ...]
    otherwise: tuple[date, ...] = ()


def read_report(
    data: bytes,
    file_name: str,
    *,
    day: date,
    columns: Columns | None = None,
    encoding: str | None = None,
    date_order: str | None = None,
    zone: ZoneInfo | None = None,
) -> Report:
    """Return what a report says about the meeting of ``day``, which is a day of the meeting's own ``zone``.

    ``columns``, ``encoding`` and ``date_order`` are what a person chose where the file leaves it open.

    Raises ReportRefused for what is no report, of another day, or too large; ColumnsUnknown, which carries a
    preview, where somebody has to point at the columns.
    """
    content = opened(data, encoding=encoding)
    tables = tables_of(content.sheet)
    found = pointed(tables, columns) if columns else find(content.sheet, tables)
    if found is None:
        raise unknown(tables)
    return _report(
        content, found, tables, Meeting(file_name, day, zone, title_of(content.sheet, found)), date_order
    )


def _report(
    content: Content, found: Found, tables: list[Table], meeting: Meeting, date_order: str | None
) -> Report:
    roles = (Role.JOINED, Role.LEFT, Role.STAMP)
    samples = said_in(
        table.column(known[role]) for table, known in found.tables for role in roles if role in known
    )
    said = list(samples.values())
    order = fitting(said, meeting.day, given=date_order)
    is_utc = found.layout.is_utc or any(one.zone for one in said)
    clock = Clock(order=order, day=stated_day(content.sheet, meeting), is_utc=is_utc)
    clock.column(list(samples))  # so that it knows every hour of the file
    lines, remarks = checked(_lines(found, clock), found, has_dates=order != "none")
    kept, others = of_day(lines, meeting, is_utc=clock.is_utc)
    first = found.tables[0][0]
    return Report(
        layout=found.layout.code,
        layout_label=found.layout.label,
        title=title_of(content.sheet, found),
        days=tuple(days_of(kept)),
        lines=tuple(kept),
        encoding=content.encoding,
        is_guessed=content.is_guessed,
        date_order="ymd" if order == TURNED else order,
        is_utc=clock.is_utc,
        zone_words="UTC" if clock.is_utc else zone_words_of(content.sheet, said),
        header="|".join(map(plain_name, first.header)),
        problems=(*remarks, *problems_of(kept, others, found, clock, meeting.day)),
        otherwise=_otherwise(said, order),
    )


def _lines(found: Found, clock: Clock) -> list[Line]:
    if Role.STAMP in found.tables[0][1] and found.layout.code in ("teams_actions", "teams_live"):
        is_live = found.layout.code == "teams_live"
        return [
            line
            for table, roles in found.tables
            for line in lines_of_actions(table, roles, clock=clock, is_live=is_live)
        ]
    return [
        line
        for table, roles in found.tables
        for line in lines_of(table, roles, layout=found.layout, clock=clock)
    ]


def _otherwise(said: list[Written], order: str) -> tuple[date, ...]:
    """Return the days that the file would be of if day and month stood the other way round."""
    others = [other for other in possible(said) if other != order and {other, order} == {"mdy", "dmy"}]
    days = days_in(said, order) or set()
    return tuple(sorted({on for other in others for on in days_in(said, other) or () if on not in days}))
