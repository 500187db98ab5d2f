"""The one careful reader."""

import io
import zipfile

import pytest

from stemnet.domain.spreadsheets import Sheet, csv_lines, xlsx_file
from stemnet.domain.tables import MOST_BYTES, Row, read_table
from stemnet.exceptions import MissingColumn, NotATable, TableTooLarge, WrongEncoding

PEOPLE = Sheet("People", ["Name", "E-mail"], [["Zoë", "zoe@example.org"], ["=1+1", "+1 508"]])
ROWS = [
    Row(2, {"Name": "Zoë", "E-mail": "zoe@example.org"}),
    Row(3, {"Name": "=1+1", "E-mail": "+1 508"}),
]


def test_reads_back_our_own_csv():
    assert read_table(io.BytesIO(b"".join(csv_lines(PEOPLE))), required=["Name", "E-mail"]) == ROWS


def test_reads_back_our_own_xlsx():
    with xlsx_file([PEOPLE]) as file:
        assert read_table(file, required=["Name", "E-mail"]) == ROWS


def test_columns_may_be_in_any_order_and_case():
    table = read_table(io.BytesIO(b" E-MAIL ;name\nada@example.org;Ada\n"), required=["Name", "E-mail"])
    assert table == [Row(2, {"E-mail": "ada@example.org", "Name": "Ada"})]


def test_empty_lines_are_left_out_and_lines_counted_as_in_the_file():
    assert read_table(io.BytesIO(b"name\n\n\nAda\n")) == [Row(4, {"name": "Ada"})]


def test_a_short_row_has_empty_cells():
    assert read_table(io.BytesIO(b"a,b\n1\n")) == [Row(2, {"a": "1", "b": ""})]


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"name\nAda\n", MissingColumn, "no column “E-mail”"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotATable, "not a table"),
        (b"   ", NotATable, "not a table"),
        (b"PK\x03\x04 broken", NotATable, "not a table"),
        ("name\nZoë\n".encode("latin-1"), WrongEncoding, "not in UTF-8"),
        (b"x" * (MOST_BYTES + 1), TableTooLarge, "larger than 5 MB"),
        (b'E-mail\n"open', NotATable, "not a table"),
        (b"E-mail\n" + b"a\n" * 20_001, TableTooLarge, "more than 20,000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(content, refusal, words):
    with pytest.raises(refusal, match=words):
        read_table(io.BytesIO(content), required=["E-mail"])


def test_a_zip_that_is_no_workbook_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.txt", "a")
    packed.seek(0)
    with pytest.raises(NotATable):
        read_table(packed)


def test_a_zip_that_unpacks_to_too_much_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * (101 * 1024 * 1024))
    packed.seek(0)
    with pytest.raises(TableTooLarge):
        read_table(packed)
