"""What the pages of exports show: the list, the first rows, the columns in order and those to add."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.credit.domain.export_columns import COLUMNS
from registrations.credit.domain.export_kinds import About, ExportColumn
from registrations.exporting.domain import rows
from registrations.exporting.domain.rows import Headings, chosen_columns, networks_of
from registrations.models import SavedExport
from stemnet.tables.writing import Cell

SHOWN, LOOKED = 10, 50


@dataclass(frozen=True)
class ColumnLine:
    """One column in its place: how it is headed, whether that is its own heading, and how it can move."""

    column: ExportColumn
    name: str
    heading: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ColumnGroup:
    """Columns about one thing that can be added."""

    label: str
    columns: Sequence[ExportColumn]


def listed(person: Person) -> list[SavedExport]:
    """Return the exports that somebody may use, their own first."""
    found = SavedExport.objects.visible_to(person).select_related("owner")
    return sorted(found, key=lambda one: (one.owner_id != person.pk, one.title.casefold(), one.pk))


def preview(export: SavedExport, reader: Person, *, at: datetime) -> dict[str, Any]:
    """Return the headings and first rows as text; at most the first 50 people are looked at."""
    columns = chosen_columns(export)
    found = rows.rows_of(export, reader, at=at, part=LOOKED, parts=1)
    shown = [[shown_cell(cell) for cell in row] for row in islice(found, SHOWN)]
    people, number = rows.size(export, reader)
    return {
        "headings": [one.heading for one in columns],
        "has_headings": export.headings != Headings.NONE,
        "rows": shown,
        "people": people,
        "size": number,
        "looked": min(LOOKED, people),
    }


def shown_cell(cell: Cell) -> str:
    """Return a cell as it will stand in the file."""
    if cell is None:
        return ""
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def reach_words(export: SavedExport, reader: Person) -> list[str]:
    """Return which networks the export reads for somebody, a line each; others are counted, not named."""
    if export.reach == SavedExport.Reach.ALL:
        return [_("All networks that you're staff for")]
    if export.reach == SavedExport.Reach.YEAR:
        return [_("All networks of %(year)s that you're staff for") % {"year": export.school_year}]
    titles = [str(network) for network in networks_of(export, reader)]
    return titles or [_("None that you're staff for")]


def others(export: SavedExport, reader: Person) -> int:
    """Return how many of its networks are not the reader's."""
    if export.reach != SavedExport.Reach.CHOSEN:
        return 0
    mine = Q(pk__in=Network.objects.staffed_by(reader).order_by().values("pk"))
    found: int = export.networks.aggregate(n=Count("pk", filter=~mine))["n"]
    return found


def column_lines(export: SavedExport) -> list[ColumnLine]:
    """Return its columns in order."""
    pairs = [(key, name) for key, name in export.columns if key in COLUMNS]
    headings = [one.heading for one in chosen_columns(export)]
    return [
        ColumnLine(COLUMNS[key], name, heading, place == 0, place == len(pairs) - 1)
        for place, ((key, name), heading) in enumerate(zip(pairs, headings, strict=True))
    ]


def to_add(export: SavedExport) -> list[ColumnGroup]:
    """Return the columns that it doesn't have, by what they are about."""
    there, at_meetings = set(export.keys), export.table == SavedExport.Table.MEETINGS
    free = [one for one in COLUMNS.values() if one.key not in there and (at_meetings or not one.of_meeting)]
    groups = [ColumnGroup(str(about.label), [one for one in free if one.about == about]) for about in About]
    return [group for group in groups if group.columns]
