"""A table as the answer to a request, written by the one safe writer for pages and admin alike."""

from collections.abc import Iterable

from django.http import FileResponse, StreamingHttpResponse

from stemnet.tables.writing import Sheet, csv_lines, xlsx_file


def attached(name: str, sheets: Iterable[Sheet]) -> FileResponse | StreamingHttpResponse:
    """Return the file that ``name`` says: all of ``sheets`` as XLSX, or the first one as CSV, row by row."""
    if name.endswith(".xlsx"):
        return FileResponse(xlsx_file(sheets), as_attachment=True, filename=name)
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = csv_lines(next(iter(sheets)))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=said)
