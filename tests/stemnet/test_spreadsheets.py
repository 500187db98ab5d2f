"""The one safe writer, read back by openpyxl and by LibreOffice."""

import csv
import io
import subprocess
import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from stemnet.tables.writing import Sheet, csv_lines, write_xlsx, xlsx_file

EVIL = ["=1+1", "+1 508 555 0100", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1"]
SCRIPTS = ["Zoë O’Brien", "李小龙", "Ольга", "مريم", "नेहा", "👩🏽‍🔬", "<b>&amp;</b>", "_x0041_"]


def xlsx(*sheets):
    """Write sheets and read them back."""
    with xlsx_file(sheets) as file:
        return load_workbook(io.BytesIO(file.read()))


def csv_rows(sheet):
    """Write CSV and read it back."""
    return list(csv.reader(io.StringIO(b"".join(csv_lines(sheet)).decode("utf-8-sig"))))


@pytest.mark.parametrize("text", EVIL)
def test_xlsx_never_holds_a_formula(text):
    cell = xlsx(Sheet("People", ["Name"], [[text]])).active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value == text.replace("\r", "\n")


@pytest.mark.parametrize("text", EVIL)
def test_csv_quotes_a_formula_and_strips_nothing(text):
    assert csv_rows(Sheet("People", ["Name"], [[text]]))[1] == ["'" + text.replace("\r", "\n")]


UNSEEN = ["\x01=1+1", "\x00\x1f@SUM(A1)", "\u200b=1+1", "\u202e=1+1", "\xa0=1+1", "\ufeff-2", "\x7f\x80+1"]


@pytest.mark.parametrize("text", UNSEEN)
def test_a_formula_behind_signs_that_nobody_sees_or_that_are_dropped_is_none_in_any_file(text):
    sheet = Sheet(text, [text], [[text]])
    cells = [xlsx(sheet).active[name] for name in ("A1", "A2")]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)] * 2
    assert [row[0][0] for row in csv_rows(sheet)] == ["'", "'"]


def test_csv_keeps_a_negative_number_a_number():
    assert csv_rows(Sheet("People", ["Points"], [[-2], [Decimal("-0.5")]]))[1:] == [["-2"], ["-0.5"]]


@pytest.mark.parametrize("text", SCRIPTS)
def test_any_script_comes_back(text):
    sheet = Sheet("People", ["Name"], [[text]])
    assert xlsx(sheet).active["A2"].value == text
    assert csv_rows(sheet)[1] == [text]


def test_what_xml_cannot_hold_is_dropped():
    sheet = Sheet("People", ["Name"], [["A\x00d\x0ba\ud800\uffff"]])
    assert xlsx(sheet).active["A2"].value == "Ada"
    assert csv_rows(sheet)[1] == ["Ada"]


def test_a_cell_that_is_too_long_for_excel_is_cut_visibly():
    value = xlsx(Sheet("People", ["Name"], [["x" * 40_000]])).active["A2"].value
    assert (len(value), value[-1]) == (32_767, "…")


def test_kinds_stay_what_they_are():
    moment = datetime(2020, 10, 14, 9, 5, tzinfo=UTC)
    row = [date(2020, 10, 14), moment, time(9, 0), 7, Decimal("7.25"), "00350000", None, True]
    cells = xlsx(Sheet("People", [str(n) for n in range(8)], [row])).active[2]
    assert [cell.value for cell in cells] == [
        datetime(2020, 10, 14),
        datetime(2020, 10, 14, 9, 5),
        time(9, 0),
        7,
        7.25,
        "00350000",
        None,
        True,
    ]
    assert [cell.number_format for cell in cells[:6]] == [
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
        "hh:mm",
        "General",
        "0.00",
        "@",
    ]


def test_csv_writes_dates_times_and_nothing():
    row = [date(2020, 10, 14), datetime(2020, 10, 14, 9, 5), time(9, 0), None, "00350000"]
    assert csv_rows(Sheet("People", ["a"], [row]))[1] == [
        "2020-10-14",
        "2020-10-14 09:05",
        "09:00",
        "",
        "00350000",
    ]


def test_csv_begins_with_the_mark_that_excel_wants():
    assert next(csv_lines(Sheet("People", ["Name"], []))) == b"\xef\xbb\xbf"


def test_header_is_bold_frozen_and_filterable_on_each_sheet():
    book = xlsx(Sheet("One", ["Name", "Hours"], [["Ada", 3]], widths=[30]), Sheet("Two", ["A"], []))
    page = book["One"]
    assert page["A1"].font.bold is True
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:B2")
    assert (page.column_dimensions["A"].width, page.column_dimensions["B"].width) == (30, 12)
    assert book["Two"].auto_filter.ref == "A1:A1"


def test_titles_are_what_excel_takes():
    book = xlsx(Sheet("Hours: [2020/21] " + "x" * 40, ["A"], []), Sheet("", ["A"], []), Sheet("", ["A"], []))
    assert [len(name) <= 31 for name in book.sheetnames] == [True] * 3
    assert book.sheetnames[1:] == ["Sheet", "Sheet 3"]


@pytest.mark.libreoffice
@pytest.mark.once
def test_libreoffice_reads_what_was_written(tmp_path):
    rows = [[*EVIL[:4], *SCRIPTS[:7], "00350000", date(2020, 10, 14)]]
    header = [f"column {number}" for number in range(len(rows[0]))]
    with (tmp_path / "list.xlsx").open("wb") as file:
        write_xlsx([Sheet("People", header, rows)], file)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "list.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "list.csv").read_text(encoding="utf-8")
    read = list(csv.reader(io.StringIO(text)))
    assert read == [header, [*rows[0][:-1], "2020-10-14"]]


MEASURE = """
import resource, sys
from stemnet.tables.writing import Sheet, csv_lines, write_xlsx
def rows(count):
    for n in range(count):
        yield [f"Person {n}", f"person{n}@example.org", n, "00350000", f"Meeting {n % 7}", n / 4]
header = ["Name", "E-mail", "Number", "Code", "Meeting", "Hours"]
count = int(sys.argv[1])
with open(sys.argv[2], "wb") as file:
    write_xlsx([Sheet("People", header, rows(count)), Sheet("Rows", header, rows(count))], file)
for line in csv_lines(Sheet("People", header, rows(count))):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(rows, tmp_path):
    """Return the peak memory in MB of a process that writes so many rows."""
    command = [sys.executable, "-c", MEASURE, str(rows), str(tmp_path / "list.xlsx")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


@pytest.mark.once
@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path):
    assert peak(50_000, tmp_path) - peak(1_000, tmp_path) < 20
