"""The exact writer: what another program reads is what was written, or nothing is written at all."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from stemnet.exceptions import CellNotExact
from stemnet.tables.exact import exact_file, exact_lines

HEADER = ("record_id", "title")


def read_back(rows):
    content = b"".join(exact_lines(HEADER, rows))
    return list(
        csv.reader(io.StringIO(content.decode("ascii" if content.isascii() else "utf-8"), newline=""))
    )


@pytest.mark.parametrize(
    "text",
    ["0031", 'He said "now", then left', "São João", "שלום", "3 - 4", "x=y"],
)
def test_text_comes_back_as_it_was(text):
    assert read_back([["1", text]])[1] == ["1", text]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("14.50"), "14.50"),
        (Decimal("1E+2"), "100"),
        (-3, "-3"),
        (date(2020, 10, 14), "2020-10-14"),
        (datetime(2020, 10, 14, 13, tzinfo=UTC), "2020-10-14T13:00:00+00:00"),
    ],
)
def test_what_is_no_text_has_one_form(value, text):
    assert read_back([["1", value]])[1] == ["1", text]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@sum", "\t=1", " =1", "\u202e=1", "＝1"),
        *("\x00", "a\x07b", "a\rb", "two\nlines", "a\u200fb", "x" * 32_768),
    ],
)
def test_what_cannot_stand_as_it_is_is_refused_by_place(text):
    with pytest.raises(CellNotExact) as refused:
        read_back([["1", "fine"], ["2", text]])
    assert "Row 3" in str(refused.value)
    assert "title" in str(refused.value)


def test_a_file_is_handed_out_whole_or_not_at_all():
    with exact_file(HEADER, [["1", "fine"]]) as file:
        assert file.read() == b"record_id,title\r\n1,fine\r\n"
    with pytest.raises(CellNotExact):
        exact_file(HEADER, [["1", "fine"], ["2", "=1"]])


def test_a_row_of_another_length_is_a_fault():
    with pytest.raises(ValueError, match="zip"):
        list(exact_lines(HEADER, [["1"]]))


def test_a_moment_without_a_zone_is_a_fault():
    with pytest.raises(ValueError, match="zone"):
        list(exact_lines(HEADER, [["1", datetime(2020, 10, 14, 13)]]))
