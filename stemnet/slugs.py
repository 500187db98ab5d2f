"""Addresses made of words, given once: short, of letters, digits and dashes, with a number where taken."""

from collections.abc import Iterable, Sequence
from itertools import chain, count
from typing import Any, Required, TypedDict, Unpack

from django.db.models import QuerySet
from django.utils.text import slugify

Column = tuple[QuerySet[Any], str]


class Shape(TypedDict, total=False):
    """How slugs of one kind look: signs at most before a number, the word for no words, names of pages."""

    longest: Required[int]
    otherwise: Required[str]
    reserved: Iterable[str]


def free_slug(words: str, *, among: Sequence[Column], **shape: Unpack[Shape]) -> str:
    """Return a slug of ``words`` that no row has in any column of ``among``, and that is not reserved."""
    stem = _stem(words, shape)
    rows = [(queryset.filter(**{f"{name}__startswith": stem}), name) for queryset, name in among]
    return _free(stem, _taken(rows, shape))


def free_slugs(many: Iterable[str], *, among: Sequence[Column], **shape: Unpack[Shape]) -> list[str]:
    """Return a slug for each of ``many`` words as `free_slug` does, in one query for each column."""
    taken, found = _taken(among, shape), []
    for words in many:
        found.append(_free(_stem(words, shape), taken))
        taken.add(found[-1])
    return found


def _stem(words: str, shape: Shape) -> str:
    return slugify(words)[: shape["longest"]].strip("-") or shape["otherwise"]


def _taken(among: Iterable[Column], shape: Shape) -> set[str]:
    rows = (queryset.values_list(name, flat=True) for queryset, name in among)
    return {*shape.get("reserved", ()), *chain.from_iterable(rows)}


def _free(stem: str, taken: set[str]) -> str:
    tries = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(slug for slug in tries if slug not in taken)
