"""The one plain form in which names are compared: "Ávila" is "avila", "O’Brien" is "obrien"."""

import re
import unicodedata

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
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "&": " and ",
    }
)
APOSTROPHES = re.compile("['`\u00b4\u02b9-\u02bd\u02c8\u2018\u2019\u201b\u2032\ua78b\ua78c\uff07]")
INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")  # U.S. is US
NO_LETTER = re.compile(r"[\W_]+")


def plain_name(words: str) -> str:
    """Return ``words`` in lower case without accents, apostrophes and punctuation, with single spaces.

    A letter of another script stays what it is; dashes and other signs part words; "&" is "and". What is
    nothing but signs stays as typed.
    """
    return _bare(words) or " ".join(words.casefold().split())


def _bare(words: str) -> str:
    """Return the letters and digits of ``words`` in their plain form."""
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
