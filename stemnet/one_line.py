"""The one door that names, addresses and codes come through: one line, nothing in it that nobody sees.

Signs that turn the direction of writing, have no width or control a machine make two names look alike, or one
name look like another on a certificate. They go; the joiners of Arabic and Indian scripts, which need them,
stay.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

BREAKS = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]")
SEEN = re.compile(r"[ -~\xa1-\xac\xae-\u02ff]*")
JOINERS = "\u200c\u200d"
# Signs of no width that Unicode counts among letters and marks: fillers of Korean, and the joiner of
# graphemes.
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0")
# Arabic, Syriac, N'Ko and what is written from Arabic; the scripts of India; Burmese, Khmer, Mongolian.
JOINED = re.compile(
    "[\u0600-\u07ff\u0840-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]"
)


def one_line(words: str) -> str:
    """Return ``words`` as one line with single spaces, without signs of control, format and no width."""
    if words.isascii() and words.isprintable():  # most words
        return " ".join(words.split())
    spaced = " ".join(BREAKS.sub(" ", words).split())
    if SEEN.fullmatch(spaced):
        return spaced
    kept = "".join(sign for place, sign in enumerate(spaced) if not _is_hidden(spaced, place))
    return " ".join(kept.split())


def visible(text: str) -> str:
    """Return several lines, each without what nobody sees."""
    return "\n".join(one_line(line) for line in text.splitlines())


def refuse_hidden(words: str) -> None:
    """Raise ValidationError for words that `one_line` would clean, and that somebody wrote without it."""
    if BREAKS.search(words) or any(_is_hidden(words, place) for place in range(len(words))):
        raise ValidationError(_("This has hidden characters in it. Type it again."), code="hidden")


def hidden_shown(words: str) -> str:
    """Return ``words`` with what nobody sees as its number, such as [U+202E]; all others as they are."""
    return "".join(
        f"[U+{ord(sign):04X}]" if BREAKS.match(sign) or _is_hidden(words, place) else sign
        for place, sign in enumerate(words)
    )


def _is_hidden(words: str, place: int) -> bool:
    """Say whether nobody sees the sign at a place: neither a letter nor a joiner that its script needs."""
    sign = words[place]
    if sign in JOINERS:
        return not _joins(words, place)
    if sign in FILLERS:
        return True
    category = unicodedata.category(sign)
    return category in ("Cc", "Cf", "Cs") or (category == "Cn" and ord(sign) & 0xFFFE == 0xFFFE)


def _joins(words: str, place: int) -> bool:
    """Say whether a joiner stands between two letters of a script that joins, or ends a word as virama."""
    before, after = words[place - 1 : place], words[place + 1 : place + 2]
    if not JOINED.fullmatch(before):
        return False
    return bool(JOINED.fullmatch(after)) or unicodedata.combining(before) == 9
