"""A table as the answer to a request: by the safe writer for people, or the exact one for programs."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse

from stemnet.tables.exact import exact_file
from stemnet.tables.writing import Row, Sheet, csv_lines, xlsx_file


def attached(name: str, sheets: Iterable[Sheet]) -> FileResponse | StreamingHttpResponse:
    """Return the file that ``name`` says: all of ``sheets`` as XLSX, or the first one as CSV, row by row."""
    if name.endswith(".xlsx"):
        return FileResponse(xlsx_file(sheets), as_attachment=True, filename=name)
    said = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = csv_lines(next(iter(sheets)))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=said)


def attached_exactly(name: str, header: Sequence[str], rows: Iterable[Row]) -> FileResponse:
    """Return a CSV file for other programs, once all of it is written. Raises CellNotExact."""
    file = exact_file(header, rows)
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
