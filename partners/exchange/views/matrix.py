"""The matrix of needs and contributions: the page and its files."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.exchange.domain import exchange_book, part_states
from partners.exchange.domain import matrix as matrices
from partners.exchange.domain.matrix import Cell, Matrix
from partners.exchange.forms.exchange import MatrixFilterForm
from partners.models import Organization, Person, local_day, sees_needs
from partners.people.domain import confirming_positions
from partners.people.permissions import may_edit_partnership
from partners.people.requests import PortalRequest
from stemnet.views.tables import attached

LINK = '<a class="cell {}" href="{}">{}<span class="visually-hidden">, {}, {}</span></a>'


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
        "narrowed": chosen["sector"] or chosen["state"],
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
    return matrices.build(person, sector=chosen["sector"], state=chosen["state"])


def same(chosen: dict[str, str]) -> str:
    """Return the sector and the way round for the address of a figure, which chooses a state only."""
    kept = {name: chosen[name] for name in ("sector", "by") if chosen[name]}
    return f"{urlencode(kept)}&" if kept else ""


def by_partner(found: Matrix, parts: part_states.Parts) -> dict[str, Any]:
    """Return a row a partner, with a cell a category and the state of its part of the MOU."""
    categories = [(one, escape(str(one))) for one in found.categories]
    rows = []
    for partner in found.partners:
        url, name = reverse("needs_of", args=[partner.slug]), escape(str(partner))
        cells = (
            (label, found.cell(partner, category), f"{url}?category={category.code}", name, label)
            for category, label in categories
        )
        rows.append((partner, cells_of(cells), parts.by_partner.get(partner.pk)))
    return {"columns": found.categories, "rows": rows, "with_parts": bool(parts.by_partner)}


def by_category(found: Matrix) -> dict[str, Any]:
    """Return a row a category, with a cell a partner."""
    partners = [(one, escape(str(one)), reverse("needs_of", args=[one.slug])) for one in found.partners]
    rows = []
    for category in found.categories:
        label = escape(str(category))
        cells = (
            (name, found.cell(partner, category), f"{url}?category={category.code}", name, label)
            for partner, name, url in partners
        )
        rows.append((category, cells_of(cells), None))
    return {"columns": found.partners, "rows": rows, "with_parts": False}


def cells_of(cells: Iterable[tuple[str, Cell | None, str, str, str]]) -> SafeString:
    """Return the cells of a row: heading, what is in it, address, partner and category of each.

    Thousands of them take a template several times as long.
    """
    return format_html_join("", "{}", ((cell_of(*one),) for one in cells))


def cell_of(heading: str, cell: Cell | None, url: str, partner: str, category: str) -> SafeString:
    """Return one cell with a link for each of its states."""
    words = exchange_book.said(cell)
    if not words:
        return format_html('<td data-label="{}" class="is-empty"></td>', heading)
    links = format_html_join("", LINK, ((kind, url, text, partner, category) for kind, text in words))
    return format_html('<td data-label="{}">{}</td>', heading, links)
