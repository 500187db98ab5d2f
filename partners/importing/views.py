"""Tables of organizations and people: bring, match columns, look at each row, import; and take them out."""

import json
from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.importing.domain import applying, exporting, importing
from partners.importing.domain.decisions import WRITTEN, Outcome
from partners.importing.exceptions import ImportRefused
from partners.importing.forms import BringForm, ColumnsForm, answers_in
from partners.importing.imports.fields import example
from partners.importing.imports.recognizing import read_upload
from partners.models import Person, TableImport, local_day
from partners.people.requests import PortalRequest, coordinator_or_403
from stemnet.exceptions import UnreadableTable
from stemnet.tables.reading import Table
from stemnet.views.tables import attached

A_PAGE = 50
IMPORTS_A_PAGE = 20
LINES_SHOWN = 5
State = TableImport.State


@require_http_methods(["GET", "HEAD", "POST"])
def table_imports(request: PortalRequest) -> HttpResponse:
    """Show what was imported, and take a file."""
    person = coordinator_or_403(request)
    form = BringForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
        try:
            read = read_upload(file, kind=kind, name=file.name, state=form.cleaned_data["state"])
            table = importing.bring_all(read, name=file.name, by=person, at=timezone.now())
        except (ImportRefused, UnreadableTable) as refusal:
            form.add_error("file", str(refusal))
        else:
            _say_what_is_left(request, read[0].table)
            return redirect("table_import_columns", table.uid)
    rows = TableImport.objects.without_rows().select_related("by", "applied_by")
    page = Paginator(rows, IMPORTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/importing/list.html", {"form": form, "page_obj": page})


@require_safe
def table_import_example(
    request: PortalRequest, kind: str, form: str
) -> FileResponse | StreamingHttpResponse:
    """Hand out a table to begin from, with every column and one row."""
    coordinator_or_403(request)
    if kind not in TableImport.Kind.values or form not in ("csv", "xlsx"):
        raise Http404
    return attached(f"{kind}.{form}", [example(kind)])


@never_cache
@require_safe
def table_export(request: PortalRequest, kind: str, form: str) -> FileResponse | StreamingHttpResponse:
    """Hand out all organizations or everyone, as a table that comes back unchanged."""
    coordinator_or_403(request)
    if kind not in TableImport.Kind.values or form not in ("csv", "xlsx"):
        raise Http404
    name = f"{kind}-{local_day(timezone.now()):%Y-%m-%d}.{form}"
    return attached(name, [exporting.table(kind)])


@require_http_methods(["GET", "HEAD", "POST"])
def table_import_columns(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Say which column is which, then look at every row."""
    person = coordinator_or_403(request)
    table = get_object_or_404(TableImport.objects.open().select_related("after"), uid=uid)
    form = ColumnsForm(request.POST or None, table=table)
    if request.method == "POST" and form.is_valid():
        try:
            importing.start_match(
                table, columns=form.matched(), defaults=form.defaults(), by=person, at=timezone.now()
            )
        except ImportRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(table)
    return render(request, "partners/importing/columns.html", {"table": table, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def table_import(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show what becomes of each row, or how the import ended; keep what is decided by hand."""
    person = coordinator_or_403(request)
    table = get_object_or_404(
        TableImport.objects.select_related("by", "applied_by", "job", "followed_by"), uid=uid
    )
    if request.method == "POST":
        return _decide(request, table, by=person)
    if table.state == State.NEW and not _is_running(table):
        return redirect("table_import_columns", table.uid)
    shown = request.GET.get("show", "")
    rows = [row for row in table.decided if shown not in Outcome.values or row["what"] == shown]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    asked = Counter(json.dumps(question) for row in table.decided for question in row["questions"])
    shown_rows = [_with_answers(table, row, asked) for row in page]
    context = {**_sums(table), "table": table, "page_obj": page, "rows": shown_rows, "shown": shown}
    return render(request, "partners/importing/rows.html", context)


@require_POST
def table_import_apply(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Import what was seen, or say why not."""
    person = coordinator_or_403(request)
    table = get_object_or_404(TableImport.objects.select_related("job"), uid=uid)
    seen, leave_out = request.POST.get("seen", ""), "leave_out" in request.POST
    if not seen.isdecimal() or len(seen) > 9:
        raise Http404
    try:
        job = applying.start_import(table, seen=int(seen), leave_out=leave_out, by=person, at=timezone.now())
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We're importing the rows.") if job else _("The rows were imported."))
    return redirect(table)


@require_POST
def table_import_drop(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Forget a file without importing it."""
    coordinator_or_403(request)
    table = get_object_or_404(TableImport, uid=uid)
    try:
        importing.drop_import(table)
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(file)s is discarded, and we kept none of its rows.") % {"file": table.file_name}
        )
    return redirect("table_imports")


def _say_what_is_left(request: PortalRequest, read: Table) -> None:
    if read.sheets_left:
        left = ", ".join(f"“{title}”" for title in read.sheets_left)
        messages.info(request, _("We read only the first sheet, not %(sheets)s.") % {"sheets": left})
    if read.lines_left:
        shown = "; ".join(
            _("row %(row)s, “%(words)s”") % {"row": row.line, "words": next(filter(None, row.cells))[:60]}
            for row in read.lines_left[:LINES_SHOWN]
        )
        text = ngettext(
            "We left out %(number)s row that looks like a footnote or a total: %(rows)s.",
            "We left out %(number)s rows that look like footnotes or totals: %(rows)s.",
            len(read.lines_left),
        )
        more = "; …" if len(read.lines_left) > LINES_SHOWN else ""
        messages.info(request, text % {"number": len(read.lines_left), "rows": f"{shown}{more}"})


def _decide(request: PortalRequest, table: TableImport, *, by: Person) -> HttpResponse:
    """Keep answers, to rows of the page or to all that are open, and go back to the page."""
    every = request.POST.get("all", "")
    answers = importing.to_all(table, value=every) if every else answers_in(request.POST, table.decided)
    try:
        importing.start_answers(table, answers=answers, by=by, at=timezone.now())
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(request.get_full_path())


def _sums(table: TableImport) -> dict[str, Any]:
    """Return how many rows there are of each decision, and what can be answered to many at once."""
    number = table.counts
    values = [
        option
        for row in table.decided
        for option in {value for question in row["questions"] for value, _label in question["options"]}
    ]
    return {
        "filters": [(what, number.get(what.value, 0)) for what in Outcome if number.get(what.value)],
        "to_write": sum(number.get(what.value, 0) for what in WRITTEN),
        "wrong": number.get("ask", 0) + number.get("error", 0),
        "changed": sum(row["changed"] for row in table.decided),
        "at_once": {value: values.count(value) for value in ("new", "words", "none", "out")},
        "left_out": number.get("ask", 0) + number.get("error", 0) + number.get("out", 0),
        "running": _is_running(table),
    }


def _is_running(table: TableImport) -> bool:
    """Say whether a job works on the file."""
    return table.job is not None and table.job.finished_at is None


def _with_answers(table: TableImport, row: dict[str, Any], asked: Counter[str]) -> dict[str, Any]:
    """Return a row as the page shows it: what becomes of it, how many ask the same, if it was by hand."""
    questions = [{**question, "rows": asked[json.dumps(question)]} for question in row["questions"]]
    by_hand = bool(table.answers.get(str(row["line"])))
    return {**row, "questions": questions, "label": Outcome(row["what"]).label, "by_hand": by_hand}
