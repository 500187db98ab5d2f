"""What spreadsheet programs make of codes, dates and names that are typed into them, recognized and said."""

import re
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from partners.importing.exceptions import CellRefused

FAULTS = {
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#ERROR!",
}
POWER = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d{1,3}", re.IGNORECASE)
DECIMAL = re.compile(r"(\d+)[.,]0+")
A_DATE = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|\d{1,2}/\d{1,2}/\d{2,4}")
MONTH_DATE = re.compile(
    r"(?:\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2})",
    re.IGNORECASE,
)
A_DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"[\d.,]+%?")
DAYS = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%Y-%m-%d %H:%M",
    "%b %d, %Y",
    "%B %d, %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
)
MOMENTS = ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_415  # 1950 to 2100, as spreadsheets count days
DAY_ZERO = date(1899, 12, 30)


def refuse_faults(words: str) -> None:
    """Raise CellRefused for what a spreadsheet shows where it could not work out or not show a value."""
    if not words.startswith("#"):
        return
    if words.upper() in FAULTS:
        raise CellRefused(sentence=_("“%(cell)s” is an error in the spreadsheet.") % {"cell": words})
    if len(words) > 2 and not words.strip("#"):
        raise CellRefused(
            sentence=_("“###” means the column was too narrow in the spreadsheet. Widen it and save again.")
        )


def code(words: str) -> str:
    """Return a code as it was before a spreadsheet made it a number. Raises CellRefused where it is lost."""
    if POWER.fullmatch(words):
        raise CellRefused(
            sentence=_(
                "“%(cell)s” is a code that the spreadsheet turned into a number, so digits are lost. Format "
                "the column as text and type the code again."
            )
            % {"cell": words}
        )
    if A_DATE.fullmatch(words) or MONTH_DATE.fullmatch(words):
        raise CellRefused(
            sentence=_(
                "“%(cell)s” is a date. If it was a code, the spreadsheet changed it: format the column as "
                "text and type the code again."
            )
            % {"cell": words}
        )
    whole = DECIMAL.fullmatch(words)
    return whole[1] if whole else words


def name(words: str) -> str:
    """Return a name. Raises CellRefused for a date or a number: a spreadsheet may have made it of one."""
    if not A_DIGIT.search(words):
        return words
    if A_DATE.fullmatch(words) or MONTH_DATE.fullmatch(words):
        raise CellRefused(
            sentence=_("“%(cell)s” is a date, not a name. The spreadsheet may have changed what was typed.")
            % {"cell": words}
        )
    if NUMBER.fullmatch(words) or POWER.fullmatch(words):
        raise CellRefused(sentence=_("“%(cell)s” is a number, not a name.") % {"cell": words})
    return words


def day(words: str) -> str:
    """Return a day as 2026-08-31: written with the month first, or as the number a spreadsheet has for it."""
    for pattern in (*DAYS, *MOMENTS):
        try:
            return datetime.strptime(words, pattern).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    number = DECIMAL.fullmatch(words)
    digits = number[1] if number else words
    if digits.isdecimal() and FIRST_SERIAL <= int(digits) <= LAST_SERIAL:
        return (DAY_ZERO + timedelta(days=int(digits))).isoformat()
    raise CellRefused(
        sentence=_("“%(cell)s” isn't a date. Write it like 8/31/2026 or 2026-08-31.") % {"cell": words[:80]}
    )
