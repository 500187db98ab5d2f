"""What changed between two texts, word by word, and one text out of two that were written at once.

The one mechanism for whatever several people write: the memorandum's sections and parts, and minutes. A page
carries a mark of the words that it began from; a save that finds others is refused, and its page shows both
texts and fields that hold one made of both.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from diff_match_patch import diff_match_patch

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
SURROGATES, AFTER_SURROGATES = 0xD800, 0xE000
SECONDS = 1.0  # then the rest counts as rewritten, so that no text holds a page up
KINDS = {-1: "removed", 0: "same", 1: "added"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text: ``kind`` is same, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True)
class Clash:
    """One field that two people wrote at once; what each changed is told where their base is known."""

    label: str
    theirs: str
    mine: str
    pieces: list[Piece]
    their_change: list[Piece] | None
    my_change: list[Piece] | None


@dataclass(frozen=True)
class Combined:
    """What a form begins with once two people wrote at once, and where they wrote the same field."""

    words: dict[str, str]
    clashes: list[Clash]


def mark(*words: str) -> str:
    """Return a short mark of some words, by which a page says what it began from."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def combine(
    labels: Mapping[str, str],
    *,
    base: Mapping[str, str] | None,
    theirs: Mapping[str, str],
    mine: Mapping[str, str],
    by_line: Collection[str],
) -> Combined:
    """Return one text made of both for each field of ``labels``, and the fields that both changed.

    A field that one side left alone is the other's; of those ``by_line`` every line of either stays, of
    others mine does, beside theirs in its clash. Without a ``base`` all that differs was changed by both.
    """
    words: dict[str, str] = {}
    clashes: list[Clash] = []
    for name, label in labels.items():
        began = None if base is None else base[name]
        words[name] = theirs[name] if mine[name] == began else mine[name]
        if mine[name] in (theirs[name], began):
            continue
        if name in by_line:
            words[name] = merged(base=began, theirs=theirs[name], mine=mine[name])
        clashes.append(clash(label, base=began, theirs=theirs[name], mine=mine[name]))
    return Combined(words, clashes)


def clash(label: str, *, base: str | None, theirs: str, mine: str) -> Clash:
    """Return both texts with what each changed since ``base``."""
    return Clash(
        label=label,
        theirs=theirs,
        mine=mine,
        pieces=pieces(theirs, mine),
        their_change=None if base is None else pieces(base, theirs),
        my_change=None if base is None else pieces(base, mine),
    )


def pieces(before: str, after: str) -> list[Piece]:
    """Return both texts as one row of pieces, told apart word by word."""
    return _compare(before, after, WORDS)


def both(theirs: str, mine: str) -> str:
    """Return every line of both texts: shared ones once, where they differ theirs and then mine."""
    found = _compare(f"{theirs}\n", f"{mine}\n", LINES)
    return "".join(piece.words for piece in found)[:-1]


def merged(*, base: str | None, theirs: str, mine: str) -> str:
    """Return theirs with my changes since ``base``; every line of both where we changed the same lines."""
    if base is None or theirs == mine:
        return both(theirs, mine)
    old = LINES.findall(f"{base}\n")
    (put, gone), (my_put, my_gone) = _edits(base, theirs), _edits(base, mine)
    if (gone | put.keys()) & (my_gone | my_put.keys()):
        return both(theirs, mine)
    lines = []
    for place in range(len(old) + 1):
        lines += [put.get(place, ""), my_put.get(place, "")]
        if place < len(old) and place not in gone | my_gone:
            lines.append(old[place])
    return "".join(lines)[:-1]


def _edits(base: str, new: str) -> tuple[dict[int, str], set[int]]:
    """Return what ``new`` puts before which line of ``base``, and which lines it takes out."""
    put: dict[int, str] = {}
    gone: set[int] = set()
    place = 0
    for piece in _compare(f"{base}\n", f"{new}\n", LINES):
        count = len(LINES.findall(piece.words))
        if piece.kind == "added":
            put[place] = put.get(place, "") + piece.words
        else:
            gone |= set(range(place, place + count)) if piece.kind == "removed" else set()
            place += count
    return put, gone


def _compare(before: str, after: str, tokens: re.Pattern[str]) -> list[Piece]:
    """Compare the tokens of two texts, each standing for one character."""
    known: dict[str, str] = {}
    old = _coded(tokens.findall(before), known)
    new = _coded(tokens.findall(after), known)
    words = {code: token for token, code in known.items()}
    differ = _differ()
    found = differ.diff_main(old, new, False)
    if tokens is WORDS:
        differ.diff_cleanupSemantic(found)  # so that a rewritten sentence is not a mosaic
    return [Piece(KINDS[kind], "".join(words[code] for code in codes)) for kind, codes in found]


def _coded(tokens: Iterable[str], known: dict[str, str]) -> str:
    """Return one character for each token, the same for the same."""
    codes = []
    for token in tokens:
        if token not in known:
            number = len(known) + 1
            known[token] = chr(number if number < SURROGATES else number - SURROGATES + AFTER_SURROGATES)
        codes.append(known[token])
    return "".join(codes)


def _differ() -> diff_match_patch:
    """Return the tool that compares, with its limit of time."""
    differ = diff_match_patch()
    differ.Diff_Timeout = SECONDS
    return differ
