#!/usr/bin/env bash
# Twelve and a half minutes in a meeting become half past noon, where an .ods shows lengths as minutes and seconds.
#
# Guess: both readers take the value that the cell holds, PT00H12M30S, and give a length of time of 12 minutes and
#        30 seconds, whatever the cell shows.
# Seen:  pandas 3.1.1 with odfpy 1.4.1 reads what the cell shows, 12:30, as a time of day: 12 hours and 30 minutes. Of
#        the same column shown as hours and minutes it gives the right hours. Python-calamine 0.9.1 reads the value, but
#        gives a time of day up to 24 hours and from there on the letters PT26H30M00S. The same cells in an .xlsx are
#        lengths to both.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 100 "$box/venv/bin/pip" install -qq 'pandas==3.1.1' 'odfpy==1.4.1' 'python-calamine==0.9.1' 'openpyxl==3.1.5'
} || { echo "Not checked: the packages could not be installed." >&2; exit 2; }

cat >"$box/lengths.py" <<'PYTHON'
"""Write the same lengths into an .ods and an .xlsx, and print what each reader makes of them."""

import sys
from datetime import timedelta
from pathlib import Path

import openpyxl
import pandas
from odf.number import Hours, Minutes, Seconds, Text, TimeStyle
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import Table, TableCell, TableRow
from odf.text import P

# Who was in the meeting for how long, as the cell shows it.
LENGTHS = [
    ("minutes", timedelta(minutes=12, seconds=30), "PT00H12M30S", "12:30"),
    ("hours", timedelta(hours=2, minutes=30), "PT02H30M00S", "2:30"),
    ("hours", timedelta(hours=26, minutes=30), "PT26H30M00S", "26:30"),
]
FORMATS = {"minutes": "[mm]:ss", "hours": "[h]:mm"}


def open_document(path, rows):
    document = OpenDocumentSpreadsheet()
    for name, parts in {"minutes": (Minutes(style="long"), Seconds(style="long")),
                        "hours": (Hours(), Minutes(style="long"))}.items():
        shown = TimeStyle(name=f"{name}-shown", truncateonoverflow="false")
        for part in (parts[0], Text(text=":"), parts[1]):
            shown.addElement(part)
        document.automaticstyles.addElement(shown)
        document.automaticstyles.addElement(
            Style(name=name, family="table-cell", datastylename=f"{name}-shown")
        )
    table = Table(name="Attendance")
    header = TableRow()
    header.addElement(TableCell(valuetype="string"))
    header.childNodes[0].addElement(P(text="In the meeting"))
    table.addElement(header)
    for style, _length, value, shown in rows:
        cell = TableCell(valuetype="time", timevalue=value, stylename=style)
        cell.addElement(P(text=shown))
        row = TableRow()
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(path)


def workbook(path, rows):
    book = openpyxl.Workbook()
    book.active.append(["In the meeting"])
    for number, (style, length, _value, _shown) in enumerate(rows, start=2):
        book.active.cell(number, 1, length / timedelta(days=1)).number_format = FORMATS[style]
    book.save(path)


box = Path(sys.argv[1])
for name, rows, engines in (
    ("short", LENGTHS[:2], ("odf", "calamine")),
    ("long", LENGTHS[2:], ("calamine",)),
):
    open_document(box / f"{name}.ods", rows)
    workbook(box / f"{name}.xlsx", rows)
    for path, engine in [(box / f"{name}.ods", one) for one in engines] + [
        (box / f"{name}.xlsx", one) for one in ("openpyxl", "calamine")
    ]:
        cells = pandas.read_excel(path, engine=engine)["In the meeting"].tolist()
        print(path.name, engine, "; ".join(f"{type(cell).__name__} {cell}" for cell in cells))
PYTHON

timeout 60 "$box/venv/bin/python" "$box/lengths.py" "$box" >"$box/seen"
cat "$box/seen"
diff - "$box/seen" <<'SEEN' || { echo "The lengths of an .ods are no longer read as this finding says." >&2; exit 1; }
short.ods odf time 12:30:00; time 02:30:00
short.ods calamine time 00:12:30; time 02:30:00
short.xlsx openpyxl Timedelta 0 days 00:12:30; Timedelta 0 days 02:30:00
short.xlsx calamine Timedelta 0 days 00:12:30; Timedelta 0 days 02:30:00
long.ods calamine str PT26H30M00S
long.xlsx openpyxl Timedelta 1 days 02:30:00
long.xlsx calamine Timedelta 1 days 02:30:00
SEEN
echo "Still so."
