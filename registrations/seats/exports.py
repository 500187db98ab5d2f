"""Registrations as a table: rows in, a sheet out, no rules."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from partners.models import local_day
from registrations.models import Registration
from stemnet.tables.writing import Cell, Sheet

WIDTHS = [22, 22, 34, 34, 28, 40, 12, 18, 10, 28, 20, 20, 12]


def registrations_sheet(rows: Iterable[Registration]) -> Sheet:
    """Return registrations, one a row; ``rows`` come with person, addresses, position, network and groups."""
    header = [
        _("Last name"),
        _("First name"),
        _("E-mail"),
        _("Organization"),
        _("Job"),
        _("Network"),
        _("School year"),
        _("Status"),
        _("Number in line"),
        _("Working group"),
        _("Designee of"),
        _("Grades"),
        _("Registered on"),
    ]
    return Sheet(_("Registrations"), header, _lines(rows), WIDTHS)


def _lines(rows: Iterable[Registration]) -> Iterator[list[Cell]]:
    for row in rows:
        person, position = row.person, row.position
        yield [
            person.last_name,
            person.first_name,
            person.primary_address,
            position.organization_name if position else "",
            position.get_job_display() if position else "",
            row.network.title,
            row.network.school_year,
            str(row.get_status_display()),
            row.line,
            group_name(row),
            row.leader_name,
            row.grade_words,
            local_day(row.requested_at, row.network.zone),
        ]


def group_name(row: Registration) -> str:
    """Return the working group of a registration now; its memberships are fetched."""
    current = [one for one in row.group_memberships.all() if one.left_at is None]
    return current[0].working_group.title if current else ""
