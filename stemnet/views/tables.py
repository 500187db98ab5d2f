"""A table as the answer to a request: by the safe writer for people, or the exact one for programs."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from stemnet.tables.exact import exact_lines
from stemnet.tables.writing import Row, Sheet, csv_lines, xlsx_file


def attached(name: str, sheets: Iterable[Sheet]) -> FileResponse | StreamingHttpResponse:
    """Return the file that ``name`` says: all of ``sheets`` as XLSX, or the first one as CSV, row by row."""
    if name.endswith(".xlsx"):
        return FileResponse(xlsx_file(sheets), as_attachment=True, filename=name)
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = csv_lines(next(iter(sheets)))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=said)


def attached_exactly(name: str, header: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """Return a CSV file of a few rows for other programs, all at once. Raises CellNotExact."""
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = b"".join(exact_lines(header, rows))
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=said)
