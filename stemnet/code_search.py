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
# Between a letter and a digit, and in a code that was typed without its hyphen: HSPS3 is HS-PS3.
SEAM = re.compile(
    r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=\bhs)(?=(?:ps|ls|ess|ets)\d)|(?<=\bms)(?=(?:ps|ls|ess|ets)\d)"
)
HYPHENED = re.compile(r"(?<!\w)[^\W\d_]+(?:[-\u2010\u2011\u2013][^\W\d_]+)+(?!\w)")  # Pre-K, e-mail
FILLERS = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
IRREGULAR = {"using": "use", "used": "use", "children": "child"}
LONG_ER = 7  # letters of "printer": in "number" and "letter", -er is no ending
NO_ENDING = {"charter", "counter", "customer", "quarter", "weather"}  # of a chart, a count, a custom
BEGINNING = 3  # letters at least by which the last word of several is looked for by its beginning
TAGS = re.compile(r"[*_`#>\[\]()]+|https?://\S+")


def coded(words: str) -> str:
    """Return words or a code as they are stored and looked for: "6.MS-ETS1-2(MA)" is "6 ms ets 1 2 ma"."""
    return SEAM.sub(" ", plain_name(words))


def searched_text(*texts: str) -> str:
    """Return the column of ``texts``: plain words between spaces, then other forms in which they are found.

    Those are the stems that differ, and words that a hyphen parts as one word: "Pre-K" is "prek", too.
    """
    plain = [TAGS.sub(" ", one) for one in texts if one.strip()]
    words = " ".join(map(coded, plain)).split()
    if not words:
        return ""
    joined = [coded(_without_hyphens(found[0])) for one in plain for found in HYPHENED.finditer(one)]
    known = set(words)
    others = [one for one in dict.fromkeys([*joined, *map(stem, [*words, *joined])]) if one not in known]
    return f" {' '.join([*words, '|', *others])} "


def _without_hyphens(words: str) -> str:
    return re.sub("[-\u2010\u2011\u2013]", "", words)


def searched_codes(codes: str) -> str:
    """Return the column of codes that commas separate, each in its plain form between bars and spaces."""
    return "".join(exactly(one) for one in codes.split(",") if one.strip())


def exactly(code: str) -> str:
    """Return a whole code as it stands in a column of codes."""
    return f"| {coded(code)} |"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return an English word without the ending that its other forms differ by: "meetings" is "meet".

    A light hand: plurals, -ing, -ed, and -er after five letters. A word with a digit is a code and stays.
    """
    word = IRREGULAR.get(word, word)
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
    if word.endswith("sis"):  # hypothesis, hypotheses
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and VOWEL.search(base):
            return _closed(base)
    if word.endswith("er") and len(word) >= LONG_ER and not word.endswith("eer") and word not in NO_ENDING:
        return _closed(word[:-2])
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _closed(base: str) -> str:
    """Return a base without the letter that is doubled before an ending: "planning" is "plan"."""
    doubled = base[-1] == base[-2] and base[-1] not in "lsz"
    base = base[:-1] if doubled else base
    return base[:-1] if base.endswith("e") and len(base) > 3 else base


def pieces(typed: str) -> list[str]:
    """Return the plain words and codes that somebody looks for; "the" and the like only on their own."""
    found = [plain for plain in map(coded, asked_words(typed)) if plain]
    return [one for one in found if one not in FILLERS] or found


def in_text(piece: str, *, words: str) -> Q:
    """Return the condition that a piece is in the column ``words``.

    A code is found by whole parts, a word by its beginning or its stem, two words that a hyphen joins also as
    one.
    """
    last = piece.rpartition(" ")[2]
    whole = " " if last.isdigit() or (" " in piece and len(last) < BEGINNING) else ""
    found = Q(**{f"{words}__contains": f" {piece}{whole}"})
    joined = piece.replace(" ", "")
    if joined != piece:
        if not joined.isalpha():
            return found
        found |= Q(**{f"{words}__contains": f" {joined}"})
    base = stem(joined)
    return found if base == joined else found | Q(**{f"{words}__contains": f" {base} "})


def word_begins(piece: str, *, column: str) -> Q:
    """Return the condition that a word of a short text begins like ``piece``; a short or last digit whole."""
    last = piece.rpartition(" ")[2]
    if len(last) >= BEGINNING and not last.isdigit():
        return Q(**{f"{column}__istartswith": piece}) | Q(**{f"{column}__icontains": f" {piece}"})
    found = Q(**{f"{column}__iexact": piece}) | Q(**{f"{column}__istartswith": f"{piece} "})
    found |= Q(**{f"{column}__icontains": f" {piece} "})
    return found | Q(**{f"{column}__iendswith": f" {piece}"})
