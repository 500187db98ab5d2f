"""For every key to a person: whether its rows are in their download, and what becomes of them on deletion.

Each app fills the registry when it is ready, for its own models::

    rows_about(Position, "person", forget=end_positions)
    rows_about(MinutesEdit, "by", forget=unsign, not_downloaded=ACTED)

A test fails for a key without an entry. ``path`` leads from the row to the person, such as
``registration__person``.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import Person

ACTED = _("It says what you did to something that isn't about you.")
LINKS = _("It holds no more than links between rows that are here.")


@dataclass(frozen=True)
class Forgetting:
    """One deletion on its way: of whom, when, and how they are called from then on."""

    person: Person
    at: datetime
    name: str


Rule = Callable[[Forgetting, QuerySet[Any]], None]


@dataclass(frozen=True)
class Kept:
    """Rows of one model that lead to a person by ``path``."""

    model: type[Model]
    path: str
    forget: Rule
    not_downloaded: str | Promise = ""

    def of(self, people: Collection[int]) -> QuerySet[Any]:
        """Return the rows of these people (keys)."""
        return self.model._base_manager.filter(**{f"{self.path}__in": people})


_kept: dict[tuple[type[Model], str], Kept] = {}


def rows_about(model: type[Model], path: str, *, forget: Rule, not_downloaded: str | Promise = "") -> None:
    """Say what becomes of the rows of ``model`` that lead by ``path`` to whoever downloads or is deleted."""
    _kept[model, path] = Kept(model, path, forget, not_downloaded)


def all_kept() -> list[Kept]:
    """Return every entry, in the order of the apps and of their tables."""
    return list(_kept.values())


def delete_rows(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Delete the rows."""
    rows.delete()


def stay(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Leave the rows: they lead to the empty row of somebody who was removed."""


def unsign(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Leave what they did; the name beside it goes."""
    rows.update(by_name=forgetting.name)


def stay_without(**columns: Any) -> Rule:
    """Leave the rows with these columns emptied."""

    def rule(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
        rows.update(**columns)

    return rule


def let_go(field: str) -> Rule:
    """Leave the rows, which name nobody from then on."""
    return stay_without(**{field: None})
