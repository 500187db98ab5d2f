"""For every foreign key to what can be merged: what becomes of the rows of the one that goes.

Each app fills the registries when it is ready, for its own models::

    merge_rule(Position, "person", move_rows)
    merge_rule(Preference, "person", once(lambda row: row.topic))

A test fails for a foreign key without a rule. Nothing is ever deleted: a row that can't move stays with the
one that went, where it does no harm and waits for the merge to be taken back.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model

from partners.merging.domain.merge_journal import Journal
from partners.models import Person

Key = Callable[[Any], Hashable | None]


@dataclass(frozen=True)
class Merging:
    """One merge on its way: the row that stays, the one that goes, by whom, when, and what was changed."""

    kept: Any
    gone: Any
    by: Person
    at: datetime
    journal: Journal

    def within(self, *, kept: Any, gone: Any) -> "Merging":
        """Return the merge of two rows that this one brings with it, in the same journal."""
        return replace(self, kept=kept, gone=gone)


Rule = Callable[[Merging, type[Model], str], None]
_rules: dict[tuple[type[Model], str], Rule] = {}
_followers: list[Callable[..., None]] = []


def merge_rule(model: type[Model], field: str, rule: Rule) -> None:
    """Say what becomes of the rows of ``model`` whose ``field`` is the one that goes; in this order."""
    _rules[model, field] = rule


def when_taken_back(follow: Callable[..., None]) -> None:
    """Let ``follow(kept=, gone=, at=)`` be called once the rows of a merge are apart again."""
    _followers.append(follow)


def follow_taking_back(*, kept: Model, gone: Model, at: datetime) -> None:
    """Call all that follow a merge that was taken back."""
    for follow in _followers:
        follow(kept=kept, gone=gone, at=at)


def apply_rules(merging: Merging) -> None:
    """Let every rule for the kind of row that is merged do its part."""
    for (model, field), rule in list(_rules.items()):
        if model._meta.get_field(field).related_model is type(merging.kept):
            rule(merging, model, field)


def locked_rows(model: type[Model], field: str, one: Model) -> list[Any]:
    """Return the rows whose ``field`` is ``one``, locked, in order of their keys."""
    return list(model._base_manager.select_for_update().filter(**{field: one}).order_by("pk"))


def move_rows(merging: Merging, model: type[Model], field: str) -> None:
    """Give every row to the one that stays."""
    give_rows(merging, locked_rows(model, field, merging.gone), field)


def stay(merging: Merging, model: type[Model], field: str) -> None:
    """Leave every row: it says who acted then, with the name of then."""


def once(key: Key) -> Rule:
    """Move rows but those whose ``key`` a row of the one that stays has already; a None is never taken."""

    def rule(merging: Merging, model: type[Model], field: str) -> None:
        taken = {key(row) for row in locked_rows(model, field, merging.kept)} - {None}
        for row in locked_rows(model, field, merging.gone):
            if key(row) not in taken:
                give_rows(merging, [row], field)
                taken |= {key(row)} - {None}

    return rule


def give_rows(merging: Merging, rows: Iterable[Any], field: str) -> None:
    """Give ``rows`` to the one that stays."""
    for row in rows:
        merging.journal.update(row, **{row._meta.get_field(field).attname: merging.kept.pk})
