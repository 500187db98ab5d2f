"""The grid of people by meetings: who was where, and what counted; for a page, paper and a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from registrations.credit.domain.export_lines import Part, meeting_lines
from registrations.credit.domain.readiness import Readiness, course_of, readiness_in
from registrations.credit.domain.rounding import decimal_down
from registrations.credit.domain.totals import was_there
from stemnet import wording
from stemnet.tables.writing import Cell, Row, Sheet

A_PAGE = 12  # meetings beside each other on a landscape page


class Stand(StrEnum):
    """How one person stands to one meeting."""

    THERE = "there"
    ABSENT = "absent"
    UNMARKED = "unmarked"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class GridCell:
    """One person at one meeting; ``hours`` are those that count, exact to two decimals."""

    stand: Stand
    hours: Decimal | None = None


@dataclass(frozen=True)
class GridRow:
    """One person: a cell for each meeting, and all hours that count."""

    one: Readiness
    organization: str
    cells: Sequence[GridCell]
    hours: Decimal


@dataclass(frozen=True)
class Grid:
    """The meetings that stand, in order, and everyone with a seat or attendance, by name."""

    meetings: Sequence[Meeting]
    rows: Sequence[GridRow]

    def there(self, place: int) -> int:
        """Return how many people were at the meeting in this place."""
        return sum(row.cells[place].stand == Stand.THERE for row in self.rows)


def grid_of(network: Network, *, at: datetime) -> Grid:
    """Return the grid of ``network``; as many statements for many people as for one."""
    course = course_of(network, at=at)
    standing = network.meetings.standing().select_related("working_group").order_by("starts_at", "pk")
    meetings = list(standing)
    return Grid(meetings, [_row(one, meetings) for one in readiness_in(course)])


def _row(one: Readiness, meetings: Sequence[Meeting]) -> GridRow:
    part = Part([one])
    known = {line.meeting.pk: line.row for line in meeting_lines(one, part, meetings)}
    cells = []
    for meeting in meetings:
        if meeting.pk not in known:
            cells.append(GridCell(Stand.NOT_ASKED))
        elif (row := known[meeting.pk]) is None:
            cells.append(GridCell(Stand.UNMARKED))
        elif was_there(row):
            cells.append(GridCell(Stand.THERE, decimal_down(Fraction(row.minutes_counted, 60))))
        else:
            cells.append(GridCell(Stand.ABSENT))
    position = one.registration.position
    return GridRow(
        one=one,
        organization=position.organization_name if position else "",
        cells=cells,
        hours=decimal_down(one.total.hours),
    )


def sheet_of(grid: Grid) -> Sheet:
    """Return the grid as a sheet: hours as numbers, and below everyone how many were there."""
    headings = [f"{meeting.on:%Y-%m-%d} {meeting.title}" for meeting in grid.meetings]
    return Sheet(
        title=_("Grid"),
        header=[_("Last name"), _("First name"), _("Organization"), *headings, _("Hours")],
        rows=_sheet_rows(grid),
        widths=[18, 18, 34, *(14 for _meeting in headings), 10],
    )


def _sheet_rows(grid: Grid) -> Iterable[Row]:
    for row in grid.rows:
        person = row.one.person
        cells = map(_sheet_cell, row.cells)
        yield [person.last_name, person.first_name, row.organization, *cells, row.hours]
    there = [grid.there(place) for place in range(len(grid.meetings))]
    yield [_("People there"), "", "", *there, sum((row.hours for row in grid.rows), Decimal(0))]


def _sheet_cell(cell: GridCell) -> Cell:
    return {Stand.ABSENT: _("absent"), Stand.UNMARKED: _("not marked")}.get(cell.stand, cell.hours)


def pages_of(grid: Grid) -> list[dict[str, object]]:
    """Return the grid for the page, shared out so that no part is wider than a landscape page."""
    number = len(grid.meetings)
    each = ceil(number / ceil(number / A_PAGE)) if number else 1
    return [
        {
            "meetings": [(one, wording.short_day(one.on)) for one in grid.meetings[start : start + each]],
            "rows": [(row, row.cells[start : start + each]) for row in grid.rows],
            "there": [grid.there(place) for place in range(start, min(start + each, number))],
            "is_last": start + each >= number,
        }
        for start in range(0, number, each)
    ]
