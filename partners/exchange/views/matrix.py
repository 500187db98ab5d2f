"""The matrix of needs and contributions: the page and its files."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.exchange.domain import exchange_book, part_states
from partners.exchange.domain import matrix as matrices
from partners.exchange.domain.matrix import Cell, Matrix
from partners.exchange.forms.exchange import MatrixFilterForm
from partners.models import Category, Organization, Person, local_day, sees_needs
from partners.people.domain import confirming_positions
from partners.people.permissions import may_edit_partnership
from partners.people.requests import PortalRequest
from stemnet.views.tables import attached

CELL = '<td><a href="{}?category={}">{}</a></td>'
ASKED = ("sector", "state", "subject", "standard")
EMPTY = SafeString("<td></td>")


@login_not_required
@never_cache
@require_safe
def matrix(request: PortalRequest) -> HttpResponse:
    """Show who needs and who gives what: to partners all of it, to everyone what is public."""
    person: Person | None = request.person
    form = MatrixFilterForm(request.GET)
    chosen = form.chosen()
    found = built(person, form)
    parts = part_states.part_states(person, today=local_day(timezone.now()))
    context = {
        "form": form,
        "matrix": found,
        "chosen": chosen,
        "narrowed": any(chosen[name] for name in ASKED),
        "sees": sees_needs(person),
        "claims": confirming_positions.claims_of(person, today=local_day(timezone.now())),
        "parts": parts,
        "lines": found.lines(),
        "ours": Organization.objects.answered_for_by(person).partners().exists(),
        "may_sort": may_edit_partnership(person),
        "query": request.GET.urlencode(),
        "same": same(chosen),
        **(by_category(found) if chosen["by"] == "category" else by_partner(found, parts)),
    }
    return render(request, "partners/exchange/matrix.html", context)


@never_cache
@require_safe
def matrix_export(request: PortalRequest, kind: str) -> FileResponse | StreamingHttpResponse:
    """Hand out the matrix as XLSX, with the rows behind it, or as CSV."""
    person: Person | None = request.person
    form = MatrixFilterForm(request.GET)
    found, by = built(person, form), form.chosen()["by"]
    if kind == "xlsx":
        today = local_day(timezone.now())
        sheets = exchange_book.exchange_sheets(found, person, by=by, today=today)
        return attached("needs-and-contributions.xlsx", sheets)
    if kind != "csv":
        raise Http404
    return attached("needs-and-contributions.csv", [exchange_book.matrix_page(found, by=by)])


def built(person: Person | None, form: MatrixFilterForm) -> Matrix:
    """Return the matrix that was asked for."""
    chosen = form.chosen()
    return matrices.build(person, **{name: chosen[name] for name in ASKED})


def same(chosen: dict[str, str]) -> str:
    """Return what the address of a figure keeps: all but the state of the cells."""
    kept = {name: words for name, words in chosen.items() if words and name != "state"}
    return f"{urlencode(kept)}&" if kept else ""


def by_partner(found: Matrix, parts: part_states.Parts) -> dict[str, Any]:
    """Return a row a partner, with a cell a category and the state of its part of the MOU."""
    drawn = Drawn(found)
    rows = [
        (
            partner,
            drawn.cells((partner, category) for category in found.categories),
            parts.by_partner.get(partner.pk),
        )
        for partner in found.partners
    ]
    return {"columns": found.categories, "rows": rows, "with_parts": bool(parts.by_partner)}


def by_category(found: Matrix) -> dict[str, Any]:
    """Return a row a category, with a cell a partner."""
    drawn = Drawn(found)
    rows = [
        (category, drawn.cells((partner, category) for partner in found.partners), None)
        for category in found.categories
    ]
    return {"columns": found.partners, "rows": rows, "with_parts": False}


class Drawn:
    """The cells as HTML: thousands of them take a template several times as long.

    Each is one link, whose partner and category are said by the headings of its row and column (WCAG H79).
    Addresses are relative to the page, words of cells that say the same are made once, and the headings
    that a phone shows beside each cell are put there by ``matrix.js``.
    """

    def __init__(self, found: Matrix) -> None:
        self._found = found
        self._words: dict[Cell, SafeString] = {}
        here = reverse("matrix")
        self._address = {
            one.pk: reverse("needs_of", args=[one.slug]).removeprefix(here) for one in found.partners
        }

    def cells(self, places: Iterable[tuple[Organization, Category]]) -> SafeString:
        """Return the cells of a row."""
        return format_html_join("", "{}", ((self._cell(*place),) for place in places))

    def _cell(self, partner: Organization, category: Category) -> SafeString:
        cell = self._found.cell(partner, category)
        if cell is None or not (words := self._said(cell)):
            return EMPTY
        return format_html(CELL, self._address[partner.pk], category.code, words)

    def _said(self, cell: Cell) -> SafeString:
        if cell not in self._words:
            self._words[cell] = format_html_join(" ", "<b class={}>{}</b>", exchange_book.said(cell))
        return self._words[cell]
