"""Whether two spellings name the same person: what somebody types to sign, and who may not sign.

Case, accents, apostrophes, dashes and spaces don't count, nor do titles before and degrees behind a name.
"Jr." and numbers do: they tell people apart.
"""

import re
import unicodedata

from stemnet.plain_names import plain_name

BEFORE = " the dr doctor mr mrs ms miss mx prof professor rev reverend hon honorable fr sra dra supt "
BEHIND = (
    " phd edd edm edsp eds psyd drph scd dsc dba dmin mba mph mpa mfa msw msc mdiv mat med ma ms md ba bs "
    "bsc bfa jd llm llb do dds dmd dvm rn np pa cpa cags caes lcsw lmhc nbct esq pe "
)
# What a name in a document may have beside letters and marks: spaces, hyphens, apostrophes, full stops.
KINDS = frozenset("LMNPZ")
APOSTROPHES = "`\u00b4"
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def same_name(one: str, other: str) -> bool:
    """Say whether two spellings are of one name, with or without titles and degrees."""
    return bool(_readings(one) & _readings(other))


def as_typed(name: str) -> str:
    """Return a name as it was typed, without what nobody sees."""
    return UNSEEN.sub("", name).strip()


def _readings(name: str) -> set[str]:
    """Return the letters of a name: all of them, and those without what stands before and behind it."""
    name = as_typed(name)
    if any(unicodedata.category(sign)[0] not in KINDS and sign not in APOSTROPHES for sign in name):
        return {name}
    words = re.findall(r"[^\s,]+|,", name)
    bare = _without_degrees(words)
    return {_letters(each) or name for each in (words, _without_titles(words), bare, _without_titles(bare))}


def _letters(words: list[str]) -> str:
    return plain_name(" ".join(words)).replace(" ", "")


def _without_titles(words: list[str]) -> list[str]:
    """Return the words of a name without titles before it; a name is left in any case."""
    first = next((place for place, word in enumerate(words) if f" {_letters([word])} " not in BEFORE), 0)
    return words[first:]


def _without_degrees(words: list[str]) -> list[str]:
    """Return the words of a name without degrees behind it; two words are left in any case."""
    left = list(words)
    while True:
        for length in (2, 1):  # "Ed. D." and "Ed.D."
            tail, rest = left[-length:], left[:-length]
            if sum(word != "," for word in rest) >= 2 and "," not in tail and _is_degree(tail, rest):
                left = rest[:-1] if rest[-1] == "," else rest
                break
        else:
            return left


def _is_degree(words: list[str], before: list[str]) -> bool:
    """Say whether words are a degree; one of two letters has a comma before, a full stop, or capitals."""
    if f" {(letters := _letters(words))} " not in BEHIND:
        return False
    return len(letters) > 2 or "." in "".join(words) or before[-1] == "," or "".join(words).isupper()
