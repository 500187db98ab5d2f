"""Words and codes of the field in the one form in which texts are searched, alike in every database.

Neither database's own search finds PS3-2 in HS-PS3-2 or 12 in K-12. So a text is stored as plain words
(`stemnet.plain_names`) between spaces, with their stems behind them, and what is typed is looked for there:
a code by any whole part, a word by its beginning or its stem.
"""

import re
from functools import lru_cache

from django.db.models import Q

from stemnet.plain_names import asked_words, plain_name

VOWEL = re.compile("[aeiouy]")
SEAM = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")  # between a letter and a digit
BEGINNING = 3  # letters at least by which the last word of several is looked for by its beginning
TAGS = re.compile(r"[*_`#>\[\]()]+|https?://\S+")


def coded(words: str) -> str:
    """Return words or a code as they are stored and looked for: "6.MS-ETS1-2(MA)" is "6 ms ets 1 2 ma"."""
    return SEAM.sub(" ", plain_name(words))


def searched_text(*texts: str) -> str:
    """Return the column of ``texts``: plain words between spaces, then those of their stems that differ."""
    words = " ".join(coded(TAGS.sub(" ", one)) for one in texts if one.strip()).split()
    if not words:
        return ""
    known = set(words)
    stems = [base for base in dict.fromkeys(map(stem, words)) if base not in known]
    return f" {' '.join([*words, '|', *stems])} "


def searched_codes(codes: str) -> str:
    """Return the column of codes that commas separate, each in its plain form between bars and spaces."""
    return "".join(exactly(one) for one in codes.split(",") if one.strip())


def exactly(code: str) -> str:
    """Return a whole code as it stands in a column of codes."""
    return f"| {coded(code)} |"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return an English word without the ending that its other forms differ by: "meetings" is "meet".

    A light hand: plurals, -ing and -ed. A word with a digit is a code and stays.
    """
    if len(word) < 4 or not word.isalpha() or not word.isascii():
        return word
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if word.endswith(ending):
            return stem(word[: -len(ending)] + instead)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and VOWEL.search(base):
            return _closed(base)
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _closed(base: str) -> str:
    """Return a base without the letter that is doubled before an ending: "planning" is "plan"."""
    doubled = base[-1] == base[-2] and base[-1] not in "lsz"
    base = base[:-1] if doubled else base
    return base[:-1] if base.endswith("e") and len(base) > 3 else base


def pieces(typed: str) -> list[str]:
    """Return the plain words and codes that somebody looks for."""
    return [plain for plain in (coded(word) for word in asked_words(typed)) if plain]


def in_text(piece: str, *, words: str) -> Q:
    """Return the condition that a piece is in the column ``words``.

    A code is found by whole parts, a word by its beginning or its stem.
    """
    last = piece.rpartition(" ")[2]
    whole = " " if last.isdigit() or (" " in piece and len(last) < BEGINNING) else ""
    found = Q(**{f"{words}__contains": f" {piece}{whole}"})
    base = stem(piece)
    return found if base == piece or " " in piece else found | Q(**{f"{words}__contains": f" {base} "})
