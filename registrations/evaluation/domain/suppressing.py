"""Keeping small groups out of results: cells under the minimum, and those they give away.

See docs/rules.md 10.3.
"""

from collections.abc import Sequence


def cells_to_show(counts: Sequence[int], *, minimum: int, among: Sequence[bool] | None = None) -> list[bool]:
    """Return for each cell whether it may be shown beside the total of all cells.

    Cells under ``minimum``, and those that are not ``among`` the ones to be shown, are hidden. Where the
    hidden ones together would be fewer than ``minimum``, the total less what is shown would give them away,
    so the smallest shown cells are hidden too.
    """
    allowed = [True] * len(counts) if among is None else among
    visible = [count >= minimum and may for count, may in zip(counts, allowed, strict=True)]
    while 0 < hidden(counts, visible) < minimum and any(visible):
        candidates = [number for number, is_shown in enumerate(visible) if is_shown]
        visible[min(candidates, key=lambda number: counts[number])] = False
    return visible


def hidden(counts: Sequence[int], visible: Sequence[bool]) -> int:
    """Return how many are in the hidden cells together."""
    return sum(count for count, is_shown in zip(counts, visible, strict=True) if not is_shown)
