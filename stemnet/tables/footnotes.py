"""Lines of a table that are none of its rows: footnotes, totals, the header again on the next page."""

import re
from collections.abc import Sequence

MARKED = re.compile(
    r"(?:[*†‡§¹²³]|\(?\d{1,2}\)\s|notes?\b\s*(?:[:.-]|\d|$)|sources?\b\s*[:.-]|data sources?\b|footnotes?\b"
    r"|legend\b\s*:|prepared by\b|compiled by\b|last updated\b|updated\b\s*:?\s*\d|as of\b|page \d+|©"
    r"|copyright\b|disclaimer\b|printed on\b|report (?:run|date|generated)\b|for more information\b"
    r"|this (?:list|table|file|report)\b|https?://\S+$)",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"(?:grand |sub-?|state |district |overall |column )?"
    r"(?:totals?|subtotals?|sum|count|average|mean|median)\b"
    r"(?:\s+(?:number|of|all|for|count|records?|rows?|schools?|districts?|people|participants|statewide)\b.*)?"
    r"\s*:?\s*[\d.,%]*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[$(-]?[\d.,]+[%)]?|[-–—]|n/?a", re.IGNORECASE)
A_SENTENCE = 60  # characters of a single cell that ends like a sentence


def is_no_row(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Say whether a line below a header is a footnote, a total, or the header again."""
    said = [cell for cell in cells if cell]
    if not said:
        return False
    if len(said) > 1 and [cell.casefold() for cell in cells] == [name.casefold() for name in header]:
        return True
    if TOTAL.fullmatch(said[0]) and all(NUMBER.fullmatch(cell) for cell in said[1:]):
        return True
    if len(said) > 1 or len(header) < 2:
        return False
    return bool(MARKED.match(said[0])) or (len(said[0]) > A_SENTENCE and said[0].endswith((".", ":", ")")))
