"""The export for certificates as files: sheets into XLSX or CSV, no rules (docs/rules.md 3.5)."""

import zipfile
from collections.abc import Iterable, Sequence
from typing import IO

from django.utils.translation import gettext as _

from stemnet.tables.writing import Cell, Sheet, csv_lines, write_xlsx

Rows = Iterable[Sequence[Cell]]
NAMES = ("people", "meetings", "rule")
WIDTHS_OF_MEETINGS = (18, 18, 30, 12, 9, 9, 18, 30, 24, 12, 9, 9, 10, 10, 34, 22, 24)
ENDINGS = {"xlsx": "certificates.xlsx", "csv": "certificates.zip"}


def file_name(slug: str, kind: str) -> str:
    """Return what the file of one network is called."""
    return f"{slug}-{ENDINGS.get(kind) or f'{kind}.csv'}"


def people_sheet(rows: Rows, *, units: str, by_category: bool) -> Sheet:
    """Return sheet 1, a row a person, ready for mail merge; ``units`` is what the points are called.

    The last column is there where hours are counted ``by_category``.
    """
    header = [
        _("Last name"),
        _("First name"),
        _("Name for the certificate"),
        _("E-mail"),
        _("Organization"),
        _("Organization code"),
        _("Job"),
        _("Meetings attended"),
        _("Dates attended"),
        _("Hours"),
        units or _("Points"),
        _("Evaluation done"),
        _("Document numbers"),
        _("What is missing"),
        *([_("Hours by category")] if by_category else []),
    ]
    return Sheet(
        title=_("People"),
        header=header,
        rows=rows,
        widths=(18, 18, 28, 30, 34, 14, 24, 12, 40, 10, 10, 14, 30, 50, *([40] if by_category else [])),
    )


def meetings_sheet(rows: Rows, *, by_category: bool) -> Sheet:
    """Return sheet 2, a row a person and meeting; times are on the clock of the zone in the row.

    The last column is there where hours are counted ``by_category``.
    """
    header = [
        _("Last name"),
        _("First name"),
        _("E-mail"),
        _("Date"),
        _("Begins"),
        _("Ends"),
        _("Time zone"),
        _("Meeting"),
        _("Working group"),
        _("Attendance"),
        _("Arrived"),
        _("Left"),
        _("Minutes attended"),
        _("Minutes counted"),
        _("Why"),
        _("How we know"),
        _("Marked by"),
        *([_("Category")] if by_category else []),
    ]
    return Sheet(
        title=_("Meetings"),
        header=header,
        rows=rows,
        widths=(
            18,
            18,
            30,
            12,
            9,
            9,
            18,
            30,
            24,
            12,
            9,
            9,
            10,
            10,
            34,
            22,
            24,
            *([24] if by_category else []),
        ),
    )


def rule_sheet(rows: Rows) -> Sheet:
    """Return sheet 3, a row a fact: the rule, the provider, and the time of the export."""
    return Sheet(title=_("Rule"), header=[_("Fact"), _("Value")], rows=rows, widths=(36, 80))


def write_export(sheets: Sequence[Sheet], file: IO[bytes], *, kind: str) -> None:
    """Write ``sheets`` to ``file`` row by row.

    ``xlsx`` is one book, ``csv`` a ZIP of one file a sheet, and the name of a sheet that sheet as CSV.
    """
    if kind == "xlsx":
        write_xlsx(sheets, file)
        return
    if kind in NAMES:
        file.writelines(csv_lines(sheets[NAMES.index(kind)]))
        return
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, sheet in zip(NAMES, sheets, strict=True):
            with archive.open(f"{name}.csv", "w") as entry:
                for line in csv_lines(sheet):
                    entry.write(line)
