"""Bytes of a text file into rows: which encoding it is in, and which sign parts its cells."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from django.utils.translation import gettext as _

from registrations.attendance.exceptions import ReportRefused
from registrations.attendance.imports.limits import damaged
from registrations.attendance.imports.tables import Row, Sheet

# What somebody may choose where a file is not in Unicode; the first two are guessed.
ENCODINGS = ("windows-1252", "windows-1250", "shift_jis", "gb18030", "windows-1251", "windows-1254")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HIDDEN = "\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SPACES = "\u00a0\u202f\u2009"
EXCEL_TEXT = re.compile(r'="([^"]*)"')
NO_LETTER = re.compile(r"[^\W\d_][^\w\s.,;:'’\"()\t/@+&-]|[^\w\s.,;:'’\"()\t/@+&-](?=[^\W\d_])")
BLANK = ' ,;\t"'
SEPARATORS = "\t;,"
MOST_LINES_OF_A_CELL = 20
MOST_SIMPLE = 5_000_000  # letters


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, str, bool]:
    """Return the text, the name of its encoding, and whether that is a guess.

    Raises ReportRefused for what is no text, or not in the encoding that was chosen.
    """
    if encoding:
        return _in(data, _chosen(encoding)), encoding, False
    for mark, name in MARKS:
        if data.startswith(mark):
            return _in(data, name), name.removesuffix("-sig"), False
    if b"\x00" in data:
        name = _wide(data)
        return _in(data, name), name, False
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return _guessed(data)


def _chosen(encoding: str) -> str:
    if encoding not in ENCODINGS and encoding not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        raise ReportRefused(sentence=_("We don't know this encoding. Choose one from the list."))
    return encoding


def _in(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise damaged() from None


def _wide(data: bytes) -> str:
    """Return which UTF-16 a file without a mark is in, by the places of its zero bytes."""
    begin = data[:20_000]
    even, odd = begin[::2].count(0), begin[1::2].count(0)
    if odd > 4 * even and odd * 20 > len(begin):
        return "utf-16-le"
    if even > 4 * odd and even * 20 > len(begin):
        return "utf-16-be"
    raise ReportRefused(
        sentence=_("This isn't an attendance report that we can read. Upload the file as the tool wrote it.")
    )


def _guessed(data: bytes) -> tuple[str, str, bool]:
    """Return the text in the one of two encodings in which fewer signs stand inside of words.

    Where neither can be, it is the first of the others that can.
    """
    read = [(name, text) for name in ENCODINGS if (text := _if_in(data, name)) is not None]
    if not read:
        raise ReportRefused(
            sentence=_("This file isn't in an encoding that we know. Save it as “CSV UTF-8” and try again.")
        )
    likely = [one for one in read if one[0] in ENCODINGS[:2]] or read[:1]
    name, text = min(likely, key=lambda one: len(NO_LETTER.findall(one[1])))
    return text, name, True


def _if_in(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def rows_of(text: str) -> Sheet:
    """Return the rows of a text file, each block between blank lines parted by its own sign."""
    if not text.isascii():
        for sign in HIDDEN + SPACES:
            text = text.replace(sign, " " if sign in SPACES else "")
    lines = _lines(text.replace("\x00", ""))
    sheet = Sheet([], [])
    for start, end, sign in _blocks(lines):
        rows, numbers = _parsed(lines[start:end], sign)
        sheet.rows += rows
        sheet.numbers += [start + number for number in numbers]
    if '="' in text:
        sheet.rows = [[EXCEL_TEXT.sub(r"\1", cell) for cell in row] for row in sheet.rows]
    return sheet


def _lines(text: str) -> list[str]:
    """Return the lines of a text, however they end."""
    ends = text.count("\r\n")
    if ends and ends == text.count("\n") == text.count("\r"):  # as most tools do
        return text.split("\r\n")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield runs of lines between blank ones, and the sign that parts their cells; a blank line has none.

    A quoted cell may hold a blank line; the first line may say ``sep=;``, which only Excel reads.
    """
    start, given = 0, ""
    if lines[0].strip().lower().startswith("sep=") and len(lines[0].strip()) == 5:
        start, given = 1, lines[0].strip()[4]
    maybe = [place for place, line in enumerate(lines) if line[:1] in BLANK]
    blank = [place for place in maybe if place >= start and not lines[place].strip(BLANK)]
    for place in [*blank, len(lines)]:
        block = lines[start:place]
        if place < len(lines) and "".join(block).count('"') % 2:
            continue  # within a quoted cell
        if block:
            yield start, place, given or separator(block)
        if place < len(lines):
            yield place, place + 1, ""
        start = place + 1


def separator(lines: Sequence[str]) -> str:
    """Return the sign that parts the cells of these lines: the one that most of them have, outside quotes."""
    sample = [re.sub(r'"[^"]*"', "", line) if '"' in line else line for line in lines[:200]]
    counts = {sign: sum(line.count(sign) for line in sample) for sign in SEPARATORS}
    if counts["\t"] * 2 >= len(sample):
        return "\t"
    return max(";,", key=lambda sign: counts[sign])


def _parsed(lines: list[str], sign: str) -> tuple[list[Row], Sequence[int]]:
    """Return the rows of a block, and the line, from 1, where each ends; a lone quote swallows nothing."""
    if not sign:
        return [[]], [1]
    if _is_simple("\n".join(lines), sign):
        return [line.split(sign) for line in lines], range(1, len(lines) + 1)
    rows, numbers = _csv(lines, sign, quoted=True)
    if len(rows) < len(lines) and _swallowed(numbers):
        return _csv(lines, sign, quoted=False)
    return rows, numbers


def _is_simple(text: str, sign: str) -> bool:
    """Say whether lines part at each sign and nowhere else: no quote, no space to skip, no endless cell."""
    odd = ('"', f"{sign} ", "\n ")
    return not text.startswith(" ") and not any(one in text for one in odd) and len(text) < MOST_SIMPLE


def _swallowed(numbers: Sequence[int]) -> bool:
    """Say whether a row goes on for more lines than any cell has: a quote in a name was never closed."""
    return any(end - start > MOST_LINES_OF_A_CELL for start, end in pairwise([0, *numbers]))


def _csv(lines: list[str], sign: str, *, quoted: bool) -> tuple[list[Row], Sequence[int]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(lines, delimiter=sign, quoting=quoting, skipinitialspace=True)
    try:
        rows = list(reader)
        if len(rows) == len(lines):
            return rows, range(1, len(lines) + 1)
        again = csv.reader(lines, delimiter=sign, quoting=quoting, skipinitialspace=True)
        return rows, [again.line_num for _row in again]
    except csv.Error:
        raise damaged() from None
