"""The matrix and its rows as spreadsheets: names in, sheets out, no rules."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from stemnet.tables.writing import Cell, Sheet

Rows = Iterable[Sequence[Cell]]


def matrix_sheet(rows: Rows, *, first: Sequence[str], columns: Sequence[str]) -> Sheet:
    """Return the matrix: what names a row, then a column for each category or partner."""
    widths = [34, *[24] * (len(first) - 1), *[20] * len(columns)]
    return Sheet(_("Matrix"), [*first, *columns], rows, widths)


def needs_sheet(rows: Rows) -> Sheet:
    """Return the needs, one a row."""
    header = [
        _("Partner"),
        _("Sector"),
        _("For"),
        _("Category"),
        _("Priority"),
        _("Detail"),
        _("Grades"),
        _("By when"),
        _("Kind"),
        _("State"),
        _("Met by"),
    ]
    return Sheet(_("Needs"), header, rows, [34, 24, 24, 34, 10, 60, 20, 12, 12, 12, 40])


def contributions_sheet(rows: Rows) -> Sheet:
    """Return the contributions, one a row."""
    header = [
        _("Partner"),
        _("Sector"),
        _("Category"),
        _("Detail"),
        _("How much"),
        _("From"),
        _("Until"),
        _("Conditions"),
        _("Kind"),
        _("State"),
        _("Given to"),
    ]
    return Sheet(_("Contributions"), header, rows, [34, 24, 34, 60, 20, 12, 12, 40, 12, 12, 40])


def categories_sheet(rows: Rows) -> Sheet:
    """Return what there is to say of each category: gaps, givers, what nobody uses."""
    header = [
        _("Category"),
        _("Partners with a gap"),
        _("Partners that offer it"),
        _("Only partner offering it"),
        _("Unused"),
    ]
    return Sheet(_("Gaps and offers"), header, rows, [34, 60, 60, 30, 60])
