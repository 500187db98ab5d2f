"""Likely duplicates among organizations and people, and who looked at a pair and said: not the same.

Rows are read with few queries and compared only within blocks (the same code, the same website, a word or a
last name in common), in large ones only with the next by name, and only as far as a pair may still stand
among the likeliest, so that thousands of rows take a second.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from functools import cached_property, reduce
from heapq import heappush, heappushpop
from itertools import combinations
from math import nextafter
from operator import or_
from typing import NamedTuple
from urllib.parse import urlsplit

from partners.models import NotTheSame, Organization, Person, PersonEmail
from partners.models.merging.merging import Subject
from stemnet.plain_names import plain_name

ALIKE = 0.86
BLOCK = 40
NEIGHBOURS = 10
AT_MOST = 1000
FILLER = {
    "the",
    "of",
    "and",
    "for",
    "inc",
    "school",
    "schools",
    "public",
    "district",
    "university",
    "college",
}


@dataclass
class Candidate:
    """What is compared of one row: its names, and marks that two rarely share."""

    pk: int
    names: set[str]
    marks: set[str] = field(default_factory=set)
    place: str = ""

    @cached_property
    def by_words(self) -> list[tuple[str, int]]:
        """Its names with their words in order, and which letters each has, as bits."""
        return [(name, _letters(name)) for name in map(_sorted, self.names)]


@dataclass(frozen=True)
class Pair:
    """Two rows that may be one, and why."""

    first: Organization | Person
    second: Organization | Person
    likeness: float
    marks: list[str]


def organizations() -> list[Pair]:
    """Return organizations that may be one, the likeliest first; four queries, however many there are."""
    rows = {row.pk: row for row in Organization.objects.current().prefetch_related("aliases")}
    candidates = []
    for row in rows.values():
        names = {row.plain_name, *(alias.plain_name for alias in row.aliases.all())}
        host = (urlsplit(row.website).hostname or "").removeprefix("www.") if row.website else ""
        marks = {f"code {row.state_org_code}"} if row.state_org_code else set()
        marks |= {f"web {host}"} if host else set()
        candidates.append(Candidate(row.pk, names, marks, plain_name(f"{row.city} {row.state}").strip()))
    return _pairs(_likely(Subject.ORGANIZATION, candidates), rows)


def people() -> list[Pair]:
    """Return people who may be one, the likeliest first; few queries, however many there are."""
    emails: dict[int, set[str]] = defaultdict(set)
    for person, address in PersonEmail.objects.values_list("person", "address"):
        name = address.split("@")[0].split("+")[0].replace(".", "").replace("_", "")
        if len(name) > 5:
            emails[person].add(f"mail {name}")
    candidates = [
        Candidate(pk, {plain_name(f"{first_name} {last_name}")} - {""}, emails[pk])
        for pk, first_name, last_name in Person.objects.current()
        .order_by("pk")
        .values_list("pk", "first_name", "last_name")
    ]
    likely = _likely(Subject.PERSON, candidates)
    rows = Person.objects.in_bulk({pk for one in likely for pk in (one.first, one.second)})
    return _pairs(likely, rows)


def say_not_the_same(subject: str, first: int, second: int, *, by: Person, at: datetime) -> None:
    """Remember that somebody looked at two and found them different; saying so again changes nothing."""
    first, second = sorted((first, second))
    NotTheSame.objects.get_or_create(
        subject=subject, first=first, second=second, defaults={"by": by, "at": at}
    )


class _Likely(NamedTuple):
    """Two keys that may be one."""

    much: float
    first: int
    second: int
    marks: list[str]


def _pairs(likely: list[_Likely], rows: Mapping[int, Organization | Person]) -> list[Pair]:
    return [Pair(rows[one.first], rows[one.second], one.much, one.marks) for one in likely]


def _likely(subject: Subject, candidates: list[Candidate]) -> list[_Likely]:
    reviewed = set(NotTheSame.objects.filter(subject=subject).values_list("first", "second"))
    best: list[tuple[float, int, int, list[str]]] = []
    for one, other in _compared(candidates):
        first, second = one.pk, other.pk
        if (first, second) in reviewed or not (
            likeness := _likeness(one, other, _least(best, first, second))
        ):
            continue
        found = (likeness[0], -first, -second, likeness[1])
        if len(best) < AT_MOST:
            heappush(best, found)
        else:
            heappushpop(best, found)
    return [
        _Likely(much, -first, -second, marks) for much, first, second, marks in sorted(best, reverse=True)
    ]


def _least(best: list[tuple[float, int, int, list[str]]], first: int, second: int) -> float:
    """Return the likeness from which a pair stands among the best, of which the first is the least likely."""
    if len(best) < AT_MOST:
        return ALIKE
    much, *keys, _marks = best[0]
    return much if [-first, -second] > keys else nextafter(much, 2)


def _compared(candidates: list[Candidate]) -> Iterable[tuple[Candidate, Candidate]]:
    """Return every two that share a block, once, the smaller key first."""
    blocks: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        words = {word for name in one.names for word in name.split() if word not in FILLER}
        for key in {*one.marks, *one.names, *(f"word {word[:6]}" for word in words)}:
            blocks[key].append(one)
    seen = set()
    alike = {tuple(one.pk for one in block): block for block in blocks.values() if len(block) > 1}
    for block in alike.values():
        for one, other in _within(block):
            pair = (one, other) if one.pk < other.pk else (other, one)
            if (keys := (pair[0].pk, pair[1].pk)) not in seen:
                seen.add(keys)
                yield pair


def _within(block: list[Candidate]) -> Iterable[tuple[Candidate, Candidate]]:
    """Return every two of a small block; of a large one, each with those that come next by name."""
    if len(block) <= BLOCK:
        yield from combinations(block, 2)
        return
    by_name = sorted(block, key=lambda row: (min(row.names, default=""), row.pk))
    for place, one in enumerate(by_name, start=1):
        for other in by_name[place : place + NEIGHBOURS]:
            yield one, other


def _likeness(one: Candidate, other: Candidate, least: float) -> tuple[float, list[str]] | None:
    """Return how much two look like one, from 0 to 1, and why; None where they don't, or by less."""
    elsewhere = bool(one.place and other.place and one.place != other.place)
    if not elsewhere and not one.names.isdisjoint(other.names):
        return 1.0, ["name"]
    if not one.marks.isdisjoint(other.marks):
        shared = {mark.split(" ")[0] for mark in one.marks & other.marks}
        much = _alike(one, other, 0)
        if "code" in shared or much > 0.5:
            return max(much, 0.9), sorted(shared)
    much = 0.0 if elsewhere else _alike(one, other, least)
    return (much, ["alike"]) if much >= least else None


def _alike(one: Candidate, other: Candidate, least: float) -> float:
    """Return the best likeness of any two of their names, words in any order; 0 below ``least``."""
    best = 0.0
    for mine in one.by_words:
        for theirs in other.by_words:
            best = max(best, _ratio(mine, theirs, least)) if best else _ratio(mine, theirs, least)
    return best


def _ratio(mine: tuple[str, int], theirs: tuple[str, int], least: float) -> float:
    """Return the ratio of `SequenceMatcher`, or 0 where letters say that it is below ``least`` or half."""
    (one, of_one), (other, of_other) = mine, theirs
    most, others, letters = len(one), len(other), len(one) + len(other)
    if of_one != of_other:  # a letter that only one has stands in no block
        most -= (of_one & ~of_other).bit_count()
        others -= (of_other & ~of_one).bit_count()
    elif most == others and one != other:
        most -= 1
    most = others if others < most else most
    if not letters or 2 * most / letters < (least if least > 0.5 else 0.5):
        return 0.0
    return 2 * _shared(one, other) / letters


def _letters(name: str) -> int:
    """Return which letters a name has, a bit for each; other scripts share bits, which only says less."""
    return reduce(or_, (1 << ord(sign) % 128 for sign in name), 0)


def _shared(mine: str, theirs: str) -> int:
    """Count the letters in the blocks that `SequenceMatcher` finds, which is slow.

    What is alike at the beginning or end of both, and more than half of them, is its first block: only the
    rest is left to it.
    """
    if len(mine) <= 1 or len(theirs) <= 1:
        return min(len(mine), len(theirs)) if mine in theirs or theirs in mine else 0
    half = max(len(mine), len(theirs)) / 2
    if mine[-1] == theirs[-1] and (end := _alike_first(mine[::-1], theirs[::-1])) > half:
        return end + _shared(mine[:-end], theirs[:-end])
    if mine[0] == theirs[0] and (begin := _alike_first(mine, theirs)) > half:
        return begin + _shared(mine[begin:], theirs[begin:])
    return sum(block.size for block in SequenceMatcher(None, mine, theirs).get_matching_blocks())


def _alike_first(mine: str, theirs: str) -> int:
    """Count the letters that two begin with alike."""
    number = 0
    for one, other in zip(mine, theirs, strict=False):
        if one != other:
            break
        number += 1
    return number


def _sorted(name: str) -> str:
    return " ".join(sorted(name.split()))
