"""The people of a network as a table: what the list on the page says, for a spreadsheet."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from registrations.desk.pages.people_rows import PersonRow
from stemnet.tables.writing import Cell, Column, Columns, Sheet


def sheet_of(rows: Sequence[PersonRow]) -> Sheet:
    """Return ``rows`` as a sheet, in their order."""
    columns = _columns()
    empty = columns.sheet(_("People"))
    return Sheet(
        title=empty.title, header=empty.header, widths=empty.widths, rows=[columns.row(one) for one in rows]
    )


def _columns() -> Columns[PersonRow]:
    def person(name: str) -> Callable[[PersonRow], Cell]:
        return lambda row: str(getattr(row.registration.person, name))

    return Columns(
        [
            Column(_("Last name"), 20, person("last_name")),
            Column(_("First name"), 20, person("first_name")),
            Column(_("E-mail"), 30, person("primary_address")),
            Column(_("Organization"), 36, lambda row: row.organization),
            Column(_("Job"), 24, _job),
            Column(_("Working group"), 28, lambda row: row.groups),
            Column(_("Status"), 18, lambda row: str(row.registration.get_status_display())),
            Column(_("Hours"), 10, lambda row: Decimal(row.hours) if row.hours else None),
            Column(_("Evaluation"), 14, _evaluation),
            Column(_("Note"), 20, lambda row: row.tag[1] if row.tag else ""),
        ]
    )


def _job(row: PersonRow) -> str:
    position = row.registration.position
    return str(position.title or position.get_job_display()) if position else ""


def _evaluation(row: PersonRow) -> str:
    stand = row.readiness
    if stand is None or not stand.course.network.asks_evaluation:
        return ""
    return _("answered") if stand.evaluation_done else _("not answered")
