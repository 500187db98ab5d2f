"""The matrix as rows for a file, under the same rules of who sees what as the page."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from partners.exchange.domain.exchange_lists import Entry, contribution_entries, need_entries
from partners.exchange.domain.matrix import Cell, Matrix
from partners.exchange.exports import categories_sheet, contributions_sheet, matrix_sheet, needs_sheet
from partners.models import Contribution, Need, Person, sees_needs
from stemnet.tables.writing import Cell as Value
from stemnet.tables.writing import Sheet

STATES = (
    ("need", gettext_noop("needed, confirmed")),
    ("need", gettext_noop("needed, delivered")),
    ("give", gettext_noop("offered")),
    ("give", gettext_noop("offered, confirmed")),
    ("give", gettext_noop("offered, delivered")),
)


def said(cell: Cell | None) -> list[tuple[str, str]]:
    """Say what is in a cell: the state and its words, most pressing first."""
    if cell is None:
        return []
    words = [("gap", ngettext("gap", "%(n)s gaps", cell.gaps) % {"n": cell.gaps})] if cell.gaps else []
    numbers = (
        cell.needs_confirmed,
        cell.needs_delivered,
        cell.offers,
        cell.gives_confirmed,
        cell.gives_delivered,
    )
    states = ((kind, text, number) for (kind, text), number in zip(STATES, numbers, strict=True) if number)
    return [*words, *((kind, many(_(text), number)) for kind, text, number in states)]


def many(text: str, number: int) -> str:
    """Say how many where there are several."""
    return f"{text} ({number})" if number > 1 else text


def exchange_sheets(matrix: Matrix, person: Person | None, *, by: str, today: date) -> list[Sheet]:
    """Return the book: the matrix, its gaps and givers, and the rows behind it."""
    keys = [one.pk for one in matrix.partners]
    sees = sees_needs(person)
    needs = Need.objects.visible_to(person).open().filter(organization__in=keys)
    gives = Contribution.objects.visible_to(person).open().filter(organization__in=keys)
    given = contribution_entries(
        gives.order_by("organization__plain_name", "id"), with_matches=sees, today=today
    )
    book = [matrix_page(matrix, by=by), contributions_sheet(map(contribution_row, given))]
    if sees:
        needed = need_entries(needs.order_by("organization__plain_name", "priority", "id"), today=today)
        book[1:1] = [categories_sheet(category_rows(matrix)), needs_sheet(map(need_row, needed))]
    return book


def matrix_page(matrix: Matrix, *, by: str) -> Sheet:
    """Return the sheet of the matrix, partners or categories down."""
    if by == "category":
        columns = [str(partner) for partner in matrix.partners]
        return matrix_sheet(by_category(matrix), first=[_("Category")], columns=columns)
    columns = [str(category) for category in matrix.categories]
    return matrix_sheet(by_partner(matrix), first=[_("Partner"), _("Sector")], columns=columns)


def by_partner(matrix: Matrix) -> Iterator[list[Value]]:
    """Give a row a partner."""
    for partner in matrix.partners:
        cells = (in_words(matrix.cell(partner, category)) for category in matrix.categories)
        yield [str(partner), partner.get_sector_display(), *cells]


def by_category(matrix: Matrix) -> Iterator[list[Value]]:
    """Give a row a category."""
    for category in matrix.categories:
        cells = (in_words(matrix.cell(partner, category)) for partner in matrix.partners)
        yield [str(category), *cells]


def in_words(cell: Cell | None) -> str:
    """Say a cell in one line."""
    return "; ".join(text for _kind, text in said(cell))


def category_rows(matrix: Matrix) -> Iterator[list[Value]]:
    """Give a row a category: gaps, givers, the single one, what nobody uses."""
    for line in matrix.lines():
        lists = (line.gaps, line.givers, [line.single_giver] if line.single_giver else [], line.unused)
        yield [str(line.category), *("; ".join(str(one) for one in names) for names in lists)]


def need_row(entry: Entry[Need]) -> list[Value]:
    """Give one need; whom a teacher's need is for is told to nobody."""
    row = entry.row
    whom = _("a teacher") if row.teacher_id else str(row.school or "")
    return [
        str(row.organization),
        row.organization.get_sector_display(),
        whom,
        str(row.category),
        row.get_priority_display(),
        row.detail,
        row.grades,
        row.wanted_by,
        entry.kind,
        entry.words,
        entry.met_by,
    ]


def contribution_row(entry: Entry[Contribution]) -> list[Value]:
    """Give one contribution."""
    row = entry.row
    return [
        str(row.organization),
        row.organization.get_sector_display(),
        str(row.category),
        row.detail,
        row.quantity,
        row.available_from,
        row.available_until,
        row.conditions,
        entry.kind,
        entry.words,
        entry.met_by,
    ]
