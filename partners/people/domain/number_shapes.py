"""What numbers of educators look like, and what must not be typed as one (docs/rules.md 3.2, 11.1).

Only lengths and signs are checked: nobody here can ask a state whether a number exists.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from partners.models import NumberKind
from partners.people.exceptions import BirthDateTyped, NumberMisshapen, SocialSecurityNumberTyped
from stemnet.one_line import one_line

SEPARATORS = re.compile(r"[\s./-]+")
NINE_DIGITS = re.compile(r"(?<!\d)\d{3}[\s.-]?\d{2}[\s.-]?\d{4}(?!\d)")
DATE = re.compile(r"(?<!\d)(\d{1,4})\s?[/.\s-]\s?(\d{1,2})\s?[/.\s-]\s?(\d{1,4})(?!\d)")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[.,]?"
)
NAMED_DAY = re.compile(
    rf"\b{MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s?(?:19|20)\d\d\b|\b\d{{1,2}}[\s.-]*{MONTH}[\s.-]*(?:19|20)?\d\d\b",
    re.IGNORECASE,
)
DASHES = {ord(sign): "-" for sign in "\u2010\u2011\u2012\u2013\u2014\u2212"}
FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True)
class Shape:
    """How long a number is; ``is_plain`` for one that is written without spaces and dashes."""

    shortest: int
    longest: int
    letters: bool = False
    is_plain: bool = True


# Two lengths are known (docs/rules.md 3.2). The others are wide, so that no true number is refused.
SHAPES = {
    NumberKind.MEPID: Shape(8, 8),
    NumberKind.PPID: Shape(7, 7),
    NumberKind.IEIN: Shape(4, 12),
    NumberKind.TX_TEA: Shape(4, 12),
    NumberKind.WA_CERT: Shape(4, 12, letters=True),
    NumberKind.LICENSE: Shape(2, 30, letters=True, is_plain=False),
    NumberKind.LOCAL: Shape(1, 30, letters=True, is_plain=False),
}


def clean_number(typed: str, kind: NumberKind) -> str:
    """Return the number that was ``typed``, as text with its leading zeros.

    Raises SocialSecurityNumberTyped, BirthDateTyped or NumberMisshapen.
    """
    shape = SHAPES[kind]
    text = one_line(unicodedata.normalize("NFKC", typed)).translate(DASHES)
    if NINE_DIGITS.search(text) or re.fullmatch(r"\d{9}", SEPARATORS.sub("", text)):
        raise SocialSecurityNumberTyped
    if is_date(text) or (shape.shortest != shape.longest and is_date_run_together(text)):
        raise BirthDateTyped
    number = SEPARATORS.sub("", text) if shape.is_plain else text
    signs = "[0-9A-Za-z]" if shape.letters else "[0-9]"
    allowed = signs if shape.is_plain else r"[0-9A-Za-z ./-]"
    has_sign = re.search(signs, number)
    if not has_sign or not re.fullmatch(f"{allowed}{{{shape.shortest},{shape.longest}}}", number):
        raise NumberMisshapen(str(kind.label), shape.shortest, shape.longest, letters=shape.letters)
    return number


def is_date(text: str) -> bool:
    """Return whether a day stands in ``text``: 1/2/1980, 1980-01-02, 02.01.80, Jan 2, 1980."""
    return bool(NAMED_DAY.search(text)) or any(
        _is_day(*parts) for found in DATE.finditer(text) for parts in _orders(*found.groups())
    )


def is_date_run_together(text: str) -> bool:
    """Return whether ``text`` is eight digits that read as a day; of a number of just eight, nobody knows."""
    digits = re.fullmatch(r"\d{8}", text)
    orders = [(text[:4], text[4:6], text[6:]), (text[:2], text[2:4], text[4:])]
    return bool(digits) and any(_is_day(*parts) for order in orders for parts in _orders(*order))


def _orders(first: str, second: str, third: str) -> Iterator[tuple[str, int, int]]:
    """Give three parts of a date as year, month and day, in each order that is written."""
    if len(first) == 4:
        yield first, int(second), int(third)
    elif len(third) in (2, 4) and len(first) < 3:
        yield third, int(first), int(second)
        yield third, int(second), int(first)


def _is_day(year: str, month: int, day: int) -> bool:
    known = len(year) == 2 or FIRST_YEAR <= int(year) <= LAST_YEAR
    return known and 1 <= month <= 12 and 1 <= day <= 31
