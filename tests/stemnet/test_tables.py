"""The one careful reader."""

import io
import re
import zipfile
from time import process_time

import pytest
from openpyxl import Workbook

from stemnet.exceptions import FormulaWithoutValue, NotATable, TableTooLarge, WrongEncoding
from stemnet.tables import reading
from stemnet.tables.reading import MOST_BYTES, Row, Table, read_table
from stemnet.tables.writing import Sheet, csv_lines, xlsx_file

PEOPLE = Sheet("People", ["Name", "E-mail"], [["Zoë", "zoe@example.org"], ["=1+1", "+1 508"]])
ROWS = [Row(2, ["Zoë", "zoe@example.org"]), Row(3, ["=1+1", "+1 508"])]


def read(content):
    return read_table(io.BytesIO(content))


def workbook(*rows, formats=(), title="Sheet"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cell, number_format in formats:
        book.active[cell].number_format = number_format
    return book


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_reads_back_our_own_csv():
    assert read(b"".join(csv_lines(PEOPLE))) == Table(["Name", "E-mail"], ROWS)


def test_reads_back_our_own_xlsx():
    with xlsx_file([PEOPLE]) as file:
        assert read_table(file) == Table(["Name", "E-mail"], ROWS)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfname;e-mail\nAda;ada@example.org\n",
        b"name\te-mail\r\nAda\tada@example.org\r\n",
        b'"name" , "e-mail"\nAda,ada@example.org\n'.replace(b" , ", b","),
        "name\te-mail\nAda\tada@example.org\n".encode("utf-16"),
    ],
)
def test_any_csv_that_spreadsheet_programs_write_is_read(content):
    assert read(content) == Table(["name", "e-mail"], [Row(2, ["Ada", "ada@example.org"])])


def test_a_line_that_names_the_separator_is_no_header():
    assert read(b"sep=;\r\na,b;c\r\n1;2\r\n") == Table(["a,b", "c"], [Row(3, ["1", "2"])])


def test_empty_lines_are_left_out_and_lines_counted_as_in_the_file():
    assert read(b"name\n\n\nAda\n") == Table(["name"], [Row(4, ["Ada"])])


def test_a_short_row_has_empty_cells_and_a_long_one_is_cut():
    assert read(b"a,b\n1\n1,2,3\n").rows == [Row(2, ["1", ""]), Row(3, ["1", "2"])]


def test_a_title_in_merged_cells_is_no_header():
    book = workbook(["Districts of 2020"], [], ["Name", None, "Town"], ["Wareham", "x", "Wareham"])
    book.active.merge_cells("A1:C1")
    assert read(saved(book)) == Table(["Name", "Column B", "Town"], [Row(4, ["Wareham", "x", "Wareham"])])


def test_a_number_is_read_with_the_zeros_that_are_shown():
    book = workbook(["Code"], [2010000], formats=[("A2", "00000000")])
    assert read(saved(book)).rows == [Row(2, ["02010000"])]


def test_the_first_visible_sheet_is_read_and_the_others_are_named():
    book = workbook(["Secret"], ["x"], title="Hidden")
    book.active.sheet_state = "hidden"
    for name in ("People", "More"):
        book.create_sheet(name).append([name])
    book.active = 1
    assert read(saved(book)) == Table(["People"], [], ["More"])


def test_a_formula_that_was_never_computed_is_refused():
    with pytest.raises(FormulaWithoutValue, match="Cell B2 has a formula with no value"):
        read(saved(workbook(["a", "b"], ["1", "=1+1"])))


def test_a_row_of_nothing_but_formulas_without_a_value_is_refused():
    with pytest.raises(FormulaWithoutValue, match="Cell A3 has a formula with no value"):
        read(saved(workbook(["a", "b"], ["1", "2"], ["=A2", "=B2"])))


def computed(content):
    """Return a workbook with the value 2 beside every formula, as a spreadsheet program saves it."""
    book, copy = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(copy, "w") as new:
        for part in book.namelist():
            inside = book.read(part)
            new.writestr(part, re.sub(rb"(</f>)<v(?: ?/>|></v>)", rb"\1<v>2</v>", inside))
    return copy.getvalue()


@pytest.mark.parametrize(("cell", "times"), [("2", 1), ("=1+1", 2)])
def test_a_workbook_is_opened_once_and_once_more_for_its_formulas(monkeypatch, cell, times):
    opened = []
    load = reading.load_workbook
    monkeypatch.setattr(reading, "load_workbook", lambda *args, **kw: opened.append(kw) or load(*args, **kw))
    assert read(computed(saved(workbook(["a", "b"], ["1", cell])))).rows == [Row(2, ["1", "2"])]
    assert len(opened) == times


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotATable, "a table we can read"),
        (b"   ", NotATable, "a table we can read"),
        (b"PK\x03\x04 broken", NotATable, "a table we can read"),
        ("name\nZoë\n".encode("latin-1"), WrongEncoding, "in UTF-8"),
        (b"x" * (MOST_BYTES + 1), TableTooLarge, "larger than 5 MB"),
        (b'E-mail\n"open', NotATable, "a table we can read"),
        (b"E-mail\n" + b"a\n" * 20_001, TableTooLarge, "more than 20,000 rows"),
        (b"a," * 401 + b"\n", TableTooLarge, "more than 400 columns"),
        (b"\xff\xfe\x00", WrongEncoding, "in UTF-8"),
        ("a\x00b".encode("utf-16"), NotATable, "a table we can read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(content, refusal, words):
    with pytest.raises(refusal, match=words):
        read(content)


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


def repacked(content, part, old, new):
    """Return a workbook in which one part says ``new`` for ``old``."""
    packed, file = io.BytesIO(), zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in file.namelist():
            words = file.read(name)
            assert name != part or old in words
            changed.writestr(name, words.replace(old, new) if name == part else words)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b"<row"),
        (b"<v>7</v>", b"<v>seven</v>"),
        (b' t="n"><v>7</v>', b' t="s"><v>99</v>'),
        (b'<row r="2"', b'<row r="2000000"'),
    ],
)
def test_a_workbook_that_is_broken_inside_is_refused(old, new):
    content = saved(workbook(["Name", "Number"], ["Ada", 7]))
    with pytest.raises(NotATable):
        read(repacked(content, "xl/worksheets/sheet1.xml", old, new))


def test_a_workbook_with_a_broken_part_is_refused():
    content = bytearray(saved(workbook(["Name"], ["Ada"])))
    place = content.find(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    content[place : place + 2] = b"\xff\xff"
    with pytest.raises(NotATable):
        read(bytes(content))


def test_one_stray_cell_far_out_in_a_sheet_does_not_hold_up_the_reader():
    book = workbook(["Name", "Town"], ["Ada", "Wareham"])
    book.active["XFD20000"] = "stray"
    content, before = saved(book), process_time()
    assert read(content) == Table(["Name", "Town"], [Row(2, ["Ada", "Wareham"])])
    assert process_time() - before < 5  # half a minute where every column is looked at


def test_rows_beyond_what_a_sheet_says_of_its_size_are_read():
    content = saved(workbook(["Name"], ["Ada"], ["Grace"]))
    smaller = repacked(content, "xl/worksheets/sheet1.xml", b'ref="A1:A3"', b'ref="A1"')
    assert [row.cells for row in read(smaller).rows] == [["Ada"], ["Grace"]]


def test_one_long_text_that_very_many_cells_show_is_refused():
    content = saved(workbook(["Name"], *[["x" * 30_000]] * 700))
    with pytest.raises(TableTooLarge):
        read(content)
