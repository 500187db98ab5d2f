"""The export for certificates as files: sheets into XLSX or CSV, no rules (docs/rules.md 3.5)."""

import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import IO

from stemnet.tables.writing import Mixed, Sheet, csv_line, csv_lines, write_xlsx

NAMES = ("people", "meetings", "rule")
PEOPLE, MEETINGS, RULE = range(3)
ENDINGS = {"xlsx": "certificates.xlsx", "csv": "certificates.zip"}


@dataclass(frozen=True)
class Export:
    """Three sheets without rows, and the rows of all of them, which are read while they are written."""

    sheets: Sequence[Sheet]
    rows: Mixed


def file_name(slug: str, kind: str) -> str:
    """Return what the file of one network is called."""
    return f"{slug}-{ENDINGS.get(kind) or f'{kind}.csv'}"


def write_export(export: Export, file: IO[bytes], *, kind: str) -> None:
    """Write ``export`` to ``file`` row by row.

    ``xlsx`` is one book, ``csv`` a ZIP of one file a sheet, and the name of a sheet that sheet as CSV.
    """
    if kind == "xlsx":
        write_xlsx(export.sheets, file, mixed=export.rows)
    elif kind in NAMES:
        wanted = NAMES.index(kind)
        rows = (row for place, row in export.rows if place == wanted)
        file.writelines(csv_lines(replace(export.sheets[wanted], rows=rows)))
    else:
        _write_zip(export, file)


def _write_zip(export: Export, file: IO[bytes]) -> None:
    """Write each sheet into a file of its own, and all into ``file``, a ZIP takes one after the other."""
    with ExitStack() as opened:
        parts = [opened.enter_context(tempfile.TemporaryFile()) for _sheet in export.sheets]
        for part, sheet in zip(parts, export.sheets, strict=True):
            part.writelines(csv_lines(sheet))
        for place, row in export.rows:
            parts[place].write(csv_line(row))
        with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            for name, part in zip(NAMES, parts, strict=True):
                part.seek(0)
                with archive.open(f"{name}.csv", "w") as entry:
                    shutil.copyfileobj(part, entry)
