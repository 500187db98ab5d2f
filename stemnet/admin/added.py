"""What an upper app adds to a list of a lower one: columns, filters, acts, rows below a form, what follows.

It says so when its own admin is loaded::

    added.to(Organization, columns=[registered], quick=[NOBODY_REGISTERED], annotate=count_registered)
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Annotate = Callable[[QuerySet[Any]], QuerySet[Any]]
Follow = Callable[[HttpRequest, Any], None]


@dataclass
class Added:
    """All that was added to the list of one model."""

    columns: list[Any] = field(default_factory=list)
    filters: list[Any] = field(default_factory=list)
    quick: list[Any] = field(default_factory=list)
    acts: list[Any] = field(default_factory=list)
    inlines: list[Any] = field(default_factory=list)
    annotate: list[Annotate] = field(default_factory=list)
    saved: list[Follow] = field(default_factory=list)


_added: dict[type[Model], Added] = defaultdict(Added)


def to(
    model: type[Model],
    *,
    columns: Sequence[Any] = (),
    filters: Sequence[Any] = (),
    quick: Sequence[Any] = (),
    acts: Sequence[Any] = (),
    inlines: Sequence[Any] = (),
    annotate: Annotate | None = None,
    saved: Follow | None = None,
) -> None:
    """Add to the list and to the form of ``model``; columns come after its own, before the portal's.

    ``saved`` is done once a form is saved with the rows below it, in the same transaction.
    """
    one = _added[model]
    one.columns += columns
    one.filters += filters
    one.quick += quick
    one.acts += acts
    one.inlines += inlines
    one.annotate += [annotate] if annotate else []
    one.saved += [saved] if saved else []


def of(model: type[Model]) -> Added:
    """Return what was added to a model."""
    return _added[model]
