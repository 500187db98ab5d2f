"""Numbers of the National Center for Education Statistics, and state codes as it writes them.

A district's number (LEAID) has 7 digits and a school's (NCESSCH) 12, the first two of both for the state;
spreadsheets lose a zero at the front. A state's own code is written after the state's letters: "MA-0310".
"""

import re

from django.utils.translation import gettext as _

from partners.importing.exceptions import CellRefused

DISTRICT, SCHOOL = 7, 12  # digits
MISSING = frozenset({"", "-1", "-2", "-9", "M", "N", "†", "–", "‡"})
_BY_NUMBER = (  # of the Federal Information Processing Standard; "-" stands for a number that no state has
    "- AL AK - AZ AR CA - CO CT DE DC FL GA - HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA - RI SC SD TN TX UT VT VA - WA WV WI WY - - - AS - - - - - "
    "GU - - MP - - PR - - - - - VI"
)
FIPS = {number: letters for number, letters in enumerate(_BY_NUMBER.split()) if letters != "-"}
_PREFIXED = re.compile(r"([A-Z]{2})-(.+)")
_OWN_SCHOOL_CODES = frozenset({"MA", "WA"})  # whose directories give a school's code without its district's


def number(words: str) -> str:
    """Return an NCES number with the zero that a spreadsheet took from its front; nothing for none.

    Raises CellRefused for what has another number of digits.
    """
    if words in MISSING:
        return ""
    if words.isascii() and words.isdecimal():
        for digits in (DISTRICT, SCHOOL):
            if digits - 1 <= len(words) <= digits:
                return words.zfill(digits)
    raise CellRefused(
        sentence=_("“%(cell)s” isn't an NCES number, which has 7 digits, or 12 for a school.")
        % {"cell": words[:80]}
    )


def state_code(words: str) -> str:
    """Return a state's code without the letters of the state that national files put before it.

    Massachusetts' "MA-0310" is 03100000 in its own directory, "MA-0310-03100005" is 03100005.
    """
    prefixed = _PREFIXED.fullmatch(words)
    if not prefixed or prefixed[1] not in FIPS.values():
        return words
    state, rest = prefixed[1], prefixed[2]
    if state in _OWN_SCHOOL_CODES:
        rest = rest.rpartition("-")[2]
    return f"{rest}0000" if state == "MA" and len(rest) == 4 and rest.isdecimal() else rest


def state_at_odds(nces: str, state: str) -> str:
    """Return a sentence where a number is one of another state than ``state``, else an empty string."""
    numbered = FIPS.get(int(nces[:2] or 0), state)
    if not nces or not state or numbered == state:
        return ""
    return _("The NCES number %(number)s belongs to %(numbered)s, but this row says %(state)s.") % {
        "number": nces,
        "numbered": numbered,
        "state": state,
    }
