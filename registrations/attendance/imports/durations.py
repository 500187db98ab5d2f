"""How many seconds somebody was there, as tools write it: 3h 26s, 1 hr 2 min, 2 godz. 18 min, 1:00:00, 58."""

import re
from collections.abc import Sequence
from functools import lru_cache

from stemnet.plain_names import plain_name

CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?(?:[.,]\d+)?")
PARTS = re.compile(r"(\d+)(?:[.,]\d+)?\s*([^\W\d_]+)")
ISO = re.compile(r"P?T?(?=\d)")
HOURS = ("h", "st", "go", "ti", "uu", "u", "ur", "時", "时", "小", "시", "ч", "sa")
MINUTES = ("m", "分", "분", "м", "min", "dk", "perc", "p")
SECONDS = ("s", "秒", "초", "с", "sek", "sec", "seg")
SIZES = (("h", 3600), ("m", 60), ("s", 1))
USUAL = {f"{number}{sign}": number * size for number in range(60) for sign, size in SIZES}
UNITS = {
    **dict.fromkeys(HOURS, 3600),
    **dict.fromkeys(MINUTES, 60),
    **dict.fromkeys(SECONDS, 1),
}


def lengths(cells: Sequence[str]) -> list[int | None]:
    """Return a column of lengths; most of them share hours and minutes, as in 2h 40m 12s."""
    known: dict[str, int | None] = {}
    heads = {"": 0}
    for cell in set(cells):
        head, _space, last = cell.rpartition(" ")
        if head in heads and last in USUAL:
            known[cell] = heads[head] + USUAL[last]
            continue
        known[cell] = length(cell)
        if head and (seconds := _usual(head)) is not None:
            heads[head] = seconds
    return [known[cell] for cell in cells]


def length(cell: str) -> int | None:
    """Return the seconds that a cell says; a bare number is minutes. None for what is no length."""
    seconds = _usual(cell)
    return _length(cell) if seconds is None else seconds


def _usual(cell: str) -> int | None:
    """Return the seconds of what Teams writes, such as 2h 40m; None for a length written otherwise."""
    parts = cell.split()
    try:
        return sum([USUAL[part] for part in parts]) if parts else None
    except KeyError:
        return None


@lru_cache(maxsize=20_000)
def _length(cell: str) -> int | None:
    said = cell.strip()
    if not said or not any(map(str.isdigit, said)) or len(said) > 60:
        return None
    if said.isdecimal():
        return int(said) * 60 if len(said) <= 6 else None
    if found := CLOCK.fullmatch(said):
        return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    return _from_parts(said)


def _from_parts(said: str) -> int | None:
    parts = PARTS.findall(ISO.sub("", said, count=1) if said[:1] in "PT" else said)
    if not parts or len(parts) > 4 or any(len(number) > 6 for number, _unit in parts):
        return None
    seconds = 0
    for number, unit in parts:
        size = _unit(unit)
        if size is None:
            return None
        seconds += int(number) * size
    return seconds


@lru_cache(maxsize=500)
def _unit(word: str) -> int | None:
    """Return how many seconds a unit has, by its first letters."""
    plain = plain_name(word)
    if plain.startswith(("d", "日", "天", "일")):
        return 86_400
    return UNITS.get(plain[:2]) or UNITS.get(plain[:1])
