"""The search of a list: each word in any of its columns, the longest found first by the index of its column.

A column of other rows, such as ``registration__person__plain_last_name``, is asked for by itself, so that a
database can use its index; joined and told apart by OR, it would read all rows of both tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Model, Q, QuerySet

from stemnet.columns import AddressColumn
from stemnet.plain_columns import PlainField
from stemnet.plain_names import as_typed, asked_words, plain_name

FEW = 1000
TRIED = 2


@dataclass
class Place:
    """The columns of one table that are searched, and the path that leads there."""

    base: type[Model]
    path: str
    plain: list[str] = field(default_factory=list)
    typed: list[Any] = field(default_factory=list)

    def with_piece(self, piece: str) -> Q | None:
        """Return the condition that a piece of a name is in a plain column."""
        return self._leading(_any(Q(**{f"{name}__contains": piece}) for name in self.plain))

    def as_typed(self, word: str) -> Q | None:
        """Return the condition that a word is in another column, in any case; addresses are lower case."""
        return self._leading(_any(_in_typed(column, word) for column in self.typed))

    def _leading(self, here: Q | None) -> Q | None:
        if here is None or not self.path:
            return here
        leads: Any = get_fields_from_path(self.base, self.path)[-1]
        there = leads.related_model._base_manager.filter(here).order_by()
        if leads.one_to_many:  # such as the addresses of a person: read backwards, so that none comes twice
            parent = self.path.rpartition("__")[0] or "pk"
            return Q(**{f"{parent}__in": there.values(leads.field.name)})
        return Q(**{f"{self.path}__in": there.values("pk")})


def search(rows: QuerySet[Any], words: str, columns: Sequence[str]) -> QuerySet[Any]:
    """Return the rows that have each of ``words``, in any order, in one of ``columns``; none comes twice.

    Where few rows have one of the longest words, they are read first, by a query that an index answers.
    """
    places = list(_places(rows.model, columns))
    asked = asked_words(words)
    for word in sorted(asked, key=len, reverse=True)[:TRIED]:
        keys = _few_with(word, places)
        if keys is not None:
            rows = rows.filter(pk__in=keys)
            if len(plain_name(word).split()) == 1:  # then these have all of it
                asked.remove(word)
            break
    for word in asked:
        rows = rows.filter(_with_word(word, places))
    return rows


def _places(model: type[Model], columns: Sequence[str]) -> Iterator[Place]:
    places: dict[str, Place] = {}
    for column in columns:
        path, _dash, name = column.rpartition("__")
        place = places.setdefault(path, Place(model, path))
        searched = get_fields_from_path(model, column)[-1]
        if isinstance(searched, PlainField):
            place.plain.append(name)
        else:
            place.typed.append(searched)
    yield from places.values()


def _in_typed(column: Any, word: str) -> Q:
    if isinstance(column, AddressColumn):
        return Q(**{f"{column.name}__contains": word.lower()})
    return Q(**{f"{column.name}__icontains": word})


def _with_word(word: str, places: Sequence[Place]) -> Q:
    """Return the condition that each piece of a word is in a plain column, or all of it in another."""
    plain = Q()
    pieces = plain_name(word).split()
    for piece in pieces:
        plain &= _any(place.with_piece(piece) for place in places) or Q(pk__in=[])
    typed = _any(place.as_typed(as_typed(word)) for place in places) if as_typed(word) else None
    found = [one for one in (plain if pieces else None, typed) if one is not None]
    return reduce(or_, found, Q()) if found else Q(pk__in=[])


def _few_with(word: str, places: Sequence[Place]) -> set[int] | None:
    """Return the keys of all rows that may have a word, or None where they are many."""
    piece = max(plain_name(word).split(), key=len, default="")
    conditions = [place.with_piece(piece) for place in places] if piece else []
    conditions += [place.as_typed(as_typed(word)) for place in places] if as_typed(word) else []
    model = places[0].base
    found = [
        model._base_manager.filter(one).order_by().values_list("pk", flat=True)
        for one in conditions
        if one is not None
    ]
    if not found:
        return set()
    keys = set(found[0].union(*found[1:], all=True)[: FEW + 1])
    return keys if len(keys) <= FEW else None


def _any(conditions: Iterator[Q | None]) -> Q | None:
    known = [one for one in conditions if one is not None]
    return reduce(or_, known) if known else None
