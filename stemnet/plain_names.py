"""The one plain form in which names are found, compared and sorted, alike in every database.

"Ávila" is found by "avila", "Łukasz" by "lukasz", "O’Brien" by "obrien", and "de la Cruz" stands among the D.
What is stored in this form stands in a `stemnet.plain_columns.PlainField`.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from django.db.models import Q

from stemnet.one_line import one_line

MOST_WORDS = 8
# Letters that Unicode does not take apart into a letter and a mark.
LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "ŋ": "n",
        "ƙ": "k",
        "ɓ": "b",
        "ɗ": "d",
        "ə": "e",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "&": " and ",
    }
)
APOSTROPHES = re.compile("['`\u00b4\u02b9-\u02bd\u02c8\u2018\u2019\u201b\u2032\ua78b\ua78c\uff07]")
INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")  # U.S. is US
NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=100_000)  # lists compare the same names again and again
def plain_name(words: str) -> str:
    """Return ``words`` in lower case without accents, apostrophes and punctuation, with single spaces.

    A letter of another script stays what it is; dashes and other signs part words; "&" is "and". What is
    nothing but signs stays as typed.
    """
    return _bare(words) or " ".join(words.casefold().split())


def _bare(words: str) -> str:
    """Return the letters and digits of ``words`` in their plain form."""
    if words.isascii() and words.replace(" ", "").isalnum():  # most names
        return " ".join(words.lower().split())
    kept = words.lower().replace("&", " and ") if words.isascii() else _letters(words)
    kept = INITIALS.sub(r"\1", APOSTROPHES.sub("", kept))
    return NO_LETTER.sub(" ", kept).strip()


def _letters(words: str) -> str:
    """Return ``words`` in lower case, taken apart, without marks."""
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", words)).casefold()
    apart = unicodedata.normalize("NFKD", apart.translate(LETTERS))
    return "".join(sign for sign in apart if not _is_dropped(sign))


def _is_dropped(sign: str) -> bool:
    """Say whether a sign is a mark on a letter, or one that nobody sees."""
    return bool(unicodedata.combining(sign)) or unicodedata.category(sign) == "Cf"


def has_words(
    words: str,
    *,
    plain: Sequence[str],
    typed: Sequence[str] = (),
    also: Callable[[str], Q] | None = None,
) -> Q:
    """Return the condition that each of ``words``, in any order, is a part of one of the columns.

    ``plain`` are plain columns; in those of ``typed``, such as addresses, the word is looked for in any case
    as it was typed; ``also`` gives a further condition by which a word is found. A sign between two words is
    no word.
    """
    condition = Q()
    for word in asked_words(words):
        asked = as_typed(word)
        found = in_each(word, plain)
        for column in typed:
            found |= Q(**{f"{column}__icontains": asked})
        condition &= found | also(asked) if also else found
    return condition


def asked_words(words: str) -> list[str]:
    """Return the words that somebody looks for; a sign between two words is none."""
    typed = words.replace("\x00", " ").split()[:MOST_WORDS]
    return [one for one in typed if _bare(one)] or typed


def as_typed(word: str) -> str:
    """Return a word as it is looked for in addresses and codes: without the comma of a list."""
    return one_line(word.strip(",;"))


def in_each(word: str, columns: Sequence[str]) -> Q:
    """Return the condition that each piece of ``word``, in its plain form, is in one of the plain columns."""
    return Q(*(_in_one(piece, columns) for piece in plain_name(word).split()))


def _in_one(piece: str, columns: Sequence[str]) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__contains": piece})
    return found
