"""What changed between two texts, word by word, and one text out of two that were written at once."""

import re
from collections.abc import Iterable
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


def pieces(before: str, after: str) -> list[Piece]:
    """Return both texts as one row of pieces, told apart word by word."""
    return _compare(before, after, WORDS)


def both(theirs: str, mine: str) -> str:
    """Return every line of both texts: shared ones once, where they differ theirs and then mine."""
    kept = []
    for piece in _compare(theirs, mine, LINES):
        kept.append(piece.words if piece.words.endswith("\n") else piece.words + "\n")
    return "".join(kept).strip("\n") if theirs != mine else mine


def merged(*, base: str | None, theirs: str, mine: str) -> str:
    """Return theirs with my changes since ``base`` in it; every line of both where that can't be told."""
    if base is None or theirs in (base, mine):
        return mine if base is not None or theirs == mine else both(theirs, mine)
    if mine == base:
        return theirs
    differ = _differ()
    text, applied = differ.patch_apply(differ.patch_make(base, mine), theirs)
    return str(text) if all(applied) else both(theirs, mine)


def _compare(before: str, after: str, tokens: re.Pattern[str]) -> list[Piece]:
    """Compare the tokens of two texts, each standing for one character."""
    known: dict[str, str] = {}
    old = _coded(tokens.findall(before), known)
    new = _coded(tokens.findall(after), known)
    words = {code: token for token, code in known.items()}
    differ = _differ()
    found = differ.diff_main(old, new, False)
    differ.diff_cleanupSemantic(found)
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
