"""The rows of an export: who is in it, in order, worked off in parts.

However many networks there are, each part takes the same number of statements, and memory holds one part.
What a reader may see is asked when the rows are read: the networks for which they are staff then. Answers to
a network's own questions stand in no export (docs/rules.md 4.11).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import override

from meetings.models import Meeting, Network
from partners.models import Person, by_name
from registrations.credit.domain.export_columns import COLUMNS
from registrations.credit.domain.export_kinds import ExportColumn
from registrations.credit.domain.export_lines import Line, Part, meeting_lines
from registrations.credit.domain.readiness import NetworkFacts, Readiness, courses_of, weigh_all
from registrations.credit.domain.record_columns import completion_day, organization_of
from registrations.credit.domain.totals import was_there
from registrations.exporting.exceptions import NotYourNetworks
from registrations.models import Attendance, Registration, SavedExport
from stemnet import wording
from stemnet.garbage import collected_after
from stemnet.tables.writing import Cell, Row

PART = 100
Told = Callable[[int], None]
Whose = tuple[int, int]
Headings, DateForm, Who, Papers = (
    SavedExport.Headings,
    SavedExport.DateForm,
    SavedExport.Who,
    SavedExport.Papers,
)


@dataclass(frozen=True)
class Chosen:
    """A column of an export, under the heading that it has there."""

    column: ExportColumn
    heading: str


def tell_nobody(done: int) -> None:
    """Hear how far it is, and do nothing."""


def networks_of(export: SavedExport, reader: Person) -> QuerySet[Network]:
    """Return the networks whose rows ``reader`` gets: of those it names the ones they are staff for."""
    mine = Network.objects.staffed_by(reader)
    if export.reach == SavedExport.Reach.YEAR:
        return mine.filter(school_year=export.school_year)
    if export.reach == SavedExport.Reach.CHOSEN:
        return mine.filter(saved_exports=export)
    return mine


def chosen_columns(export: SavedExport) -> list[Chosen]:
    """Return its columns in order; a key that is no column any more is left out."""
    is_fixed = export.headings == Headings.KEYS
    return [
        Chosen(COLUMNS[key], name or (key if is_fixed else str(COLUMNS[key].heading)))
        for key, name in export.columns
        if key in COLUMNS
    ]


def keys_of(export: SavedExport, networks: QuerySet[Network]) -> list[Whose]:
    """Return the keys of network and person of everyone in question, in the order of the rows."""
    rows = Registration.objects.filter(network__in=networks.order_by())
    if export.who != Who.EVERYONE:
        seen = Attendance.objects.filter(registration=OuterRef("pk"))
        rows = rows.filter(Q(status=Registration.Status.SEATED) | Exists(seen))
    if export.organization_id:
        there = Q(position__organization=export.organization_id)
        rows = rows.filter(there | Q(position__organization__part_of=export.organization_id))
    network, person = ("-network__school_year", "network__title", "network"), by_name("person__")
    order = (*network, *person) if export.order == SavedExport.Order.NETWORK else (*person, *network)
    keys = rows.order_by(*order, "pk").values_list("network", "person")
    return list(dict.fromkeys(keys))


def _weighed(keys: list[Whose], courses: dict[int, NetworkFacts]) -> list[Readiness]:
    """Weigh those of ``keys``, and give them in that order."""
    networks, people = {network for network, _person in keys}, {person for _network, person in keys}
    known = Registration.objects.filter(network__in=networks, person__in=people)
    wanted = set(keys)
    if len(networks) > 1:  # a person of one of them may be in another, whose turn comes in another part
        pairs = known.order_by().values_list("pk", "network", "person")
        known = Registration.objects.filter(pk__in=[pk for pk, *whose in pairs if tuple(whose) in wanted])
    found = {(one.course.network.pk, one.person.pk): one for one in weigh_all(known, courses)}
    return [found[key] for key in keys if key in found]


def _of_part(export: SavedExport, people: list[Readiness]) -> Iterator[Line]:
    """Give the rows of some people, without those that a filter leaves out."""
    part = Part(people)
    of_meetings = export.table == SavedExport.Table.MEETINGS
    for one in people:
        line = Line(one, part)
        if not _is_in(export, line):
            continue
        if not of_meetings:
            if _within(export, completion_day(line)):
                yield line
            continue
        standing = [each for each in one.course.network.meetings.all() if not each.is_cancelled]
        for each in meeting_lines(one, part, standing):
            if _within(export, each.meeting.on):
                yield each


def _is_in(export: SavedExport, line: Line) -> bool:
    """Return whether the filters of people and documents let somebody in."""
    if export.who == Who.ATTENDED and not any(was_there(row) for row in line.one.attendances):
        return False
    if export.papers != Papers.ANY and bool(line.one.documents) != (export.papers == Papers.WITH):
        return False
    if export.organization_id is None:
        return True
    works = organization_of(line)
    return works is not None and export.organization_id in (works.pk, works.part_of_id)


def _within(export: SavedExport, day: date | None) -> bool:
    """Return whether a day is one of those that the export asks for; nobody without a day is."""
    if export.first_day is None and export.last_day is None:
        return True
    if day is None:
        return False
    after = export.first_day is None or export.first_day <= day
    return after and (export.last_day is None or day <= export.last_day)


def row_of(export: SavedExport, columns: list[Chosen], line: Line) -> Row:
    """Return the cells of a line, in the forms of the export."""
    return [_cell(export, one.column, line) for one in columns]


def _cell(export: SavedExport, column: ExportColumn, line: Line) -> Cell:
    if export.headings == Headings.KEYS:
        value = column.value(line)
        if isinstance(value, bool):
            return "true" if value else "false"
    else:
        value = column.cell(line)
    if isinstance(value, date) and export.date_form != DateForm.ISO:
        return wording.day(value) if export.date_form == DateForm.WORDS else f"{value:%m/%d/%Y}"
    return value


def rows_of(
    export: SavedExport,
    reader: Person,
    *,
    at: datetime,
    told: Told = tell_nobody,
    part: int = PART,
    parts: int | None = None,
) -> Iterator[Row]:
    """Give the rows as cells, read in parts of so many people; ``told`` hears of how many are done.

    ``parts`` is how many are read at most, for a preview. Rows under fixed English headings are in English.
    Raises NotYourNetworks.
    """
    networks = networks_of(export, reader)
    courses = courses_of(networks, at=at)
    if not courses:
        raise NotYourNetworks
    columns = chosen_columns(export)
    keys = keys_of(export, networks)[: part * parts if parts else None]
    for start in range(0, len(keys), part):
        here = keys[start : start + part]
        with collected_after():  # people and what they did hold each other
            rows = list(_rows_of_part(export, columns, here, courses))
        yield from rows
        told(start + len(here))


def _rows_of_part(
    export: SavedExport, columns: list[Chosen], keys: list[Whose], courses: dict[int, NetworkFacts]
) -> Iterator[Row]:
    """Give the rows of those of ``keys``, and keep nothing of them."""
    found = _of_part(export, _weighed(keys, courses))
    if export.headings != Headings.KEYS:
        yield from (row_of(export, columns, line) for line in found)
        return
    while True:
        with override("en"):
            line = next(found, None)
            row = row_of(export, columns, line) if line else None
        if row is None:
            return
        yield row


def size(export: SavedExport, reader: Person) -> tuple[int, int]:
    """Return for how many people there are rows, and about how many rows there are; three statements."""
    networks = networks_of(export, reader)
    keys = keys_of(export, networks)
    if export.table == SavedExport.Table.PEOPLE:
        return len(keys), len(keys)
    counts: dict[int, int] = {}
    held = Meeting.objects.own().standing().filter(network__in=networks.order_by())
    for network in held.order_by().values_list("network", flat=True):
        counts[network] = counts.get(network, 0) + 1
    return len(keys), sum(counts.get(network, 0) for network, _person in keys)
