"""Files that are no report of the meeting: each has a sentence, and nothing else comes of it."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.attendance.exceptions import ReportRefused
from registrations.attendance.imports.report import read_report
from tests.registrations.attendance import report_writers as writers

FOLDER = Path(__file__).parent / "reports"
DAY = date(2026, 3, 10)
CUT = "This file is damaged or cut off. Download the report again and upload that."
EMPTY = "This file is empty. Download the report again and upload that."
NO_TABLE = "We found no table in this file. Upload the report that says when people joined and left."
PICTURE = "This is a picture. Upload the report as the tool wrote it, such as a CSV file."
ROWS = "This file has more than 50,000 rows. Download the report of this one meeting."
UNPACKS = "This file unpacks to more than 100 MB, which no report does. Save it as CSV instead."
CELLS = ["Name", "Join Time", "Leave Time", "2. x", "3/10/2026 9:00", "9:00", "Participant 01", "", "--", '"']
CELLS += ["a@b.example", "10:00 AM", "99/99/9999 99:99", "1h", "٣", "Left", "Joined", "0", "-1", "="]


def refused(data, name="report.csv"):
    with pytest.raises(ReportRefused) as caught:
        read_report(data, name, day=DAY)
    return str(caught.value)


def archive(parts):
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return place.getvalue()


def workbook(rows):
    book, place = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(place)
    return place.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (b"\xef\xbb\xbf\r\n \r\n", EMPTY),
        (b"\xff\xfe", EMPTY),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, PICTURE),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, PICTURE),
        (b"GIF89a" + b"\x00" * 40, PICTURE),
        ("Name".encode("utf-16") + b"x", CUT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, CUT),
        (b"PK\x03\x04" + b"\x00" * 60, CUT),
        (b"Dear all, thank you for coming.\n", NO_TABLE),
        (
            b"a" * (20 * 1024 * 1024 + 1),
            "This file is larger than 20 MB. Download the report of this one meeting.",
        ),
    ],
)
def test_what_is_no_report_is_refused_in_words(content, sentence):
    assert refused(content) == sentence


@pytest.mark.parametrize(
    "content",
    [
        writers.zoom([]),
        writers.teams([]),
        b"Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n",
        b"First name,Last name,Email,Duration,Time joined,Time exited\r\n",
        "Full Name\tUser Action\tTimestamp\n".encode("utf-16"),
        workbook([["Name", "Email", "Duration"]]),
    ],
)
def test_a_report_in_which_nobody_is_says_so_and_asks_for_no_columns(content):
    assert refused(content).startswith("This report has no rows: nobody is in it.")


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"<html><table>", "This is a web page"),
        (b"BEGIN:VCARD\n", "These are contact cards"),
        (archive({"report.csv": "Name,Email"}), "This is a compressed file, such as a ZIP."),
        (archive({"word/document.xml": "<w/>"}), "This is a text document."),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40, "This isn't an attendance report."),
    ],
)
def test_other_kinds_of_files_say_how_to_save_them(content, begins):
    assert refused(content).startswith(begins)


def test_an_archive_that_unpacks_to_gigabytes_is_refused_before_it_does():
    content = archive({"xl/workbook.xml": bytes(101 * 1024 * 1024)})
    assert len(content) < 200_000
    assert refused(content) == UNPACKS


def test_an_archive_that_says_less_than_it_unpacks_to_is_refused():
    content = workbook([["Name", "Join Time"]])
    said = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/workbook.xml").file_size.to_bytes(4, "little")
    assert refused(content.replace(said, (10).to_bytes(4, "little"))) == CUT


def test_two_cells_in_the_corners_of_a_sheet_cost_nothing():
    book, place = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["XFD1048576"] = "Name", "x"
    book.save(place)
    assert refused(place.getvalue()) == ROWS


def test_rows_and_columns_that_an_open_document_repeats_cost_nothing():
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    spaces += ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    spaces += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>Name</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    content = f"<office:document-content {spaces}><table:table>{row}</table:table></office:document-content>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    assert refused(archive(parts)) == ROWS


def test_more_rows_than_any_meeting_has_are_refused_with_the_limit():
    visit = ("Participant 01", "", datetime(2026, 3, 10, 9), datetime(2026, 3, 10, 10))
    content = writers.zoom([visit])
    row = b"\n" + content.splitlines()[-1]
    assert refused(content + row * 100_000) == ROWS
    assert len(read_report(content + row * 10_000, "report.csv", day=DAY).lines) == 10_001


def answer(data):
    """Return whether data are read; every other end is a sentence."""
    try:
        read_report(data, "report.csv", day=DAY)
    except ReportRefused as refusal:
        return str(refusal) != ""
    return True


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_end_in_a_sentence(data):
    assert answer(data)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(FOLDER.glob("*.[co]*s*"))), st.data())
def test_a_report_with_bytes_changed_or_cut_ends_in_a_sentence(path, data):
    content = bytearray(path.read_bytes())
    for _change in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert answer(bytes(content[: data.draw(st.integers(0, len(content)))]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(CELLS), max_size=6), max_size=12), st.sampled_from(",;\t"))
def test_tables_of_any_cells_end_in_a_sentence(rows, sign):
    assert answer("\n".join(sign.join(row) for row in rows).encode())
