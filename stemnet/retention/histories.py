"""Older versions of rows, as simple-history keeps them: all but the newest of each go in time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from stemnet.retention.registry import Covers, Found, Held, Rows, delete_all

PATHS = {
    "person": {"person": "person__uid"},
    "network": {"network": "network__slug"},
    "meeting": {"network": "meeting__network__slug"},
}
OWN = {"person": {"person": "uid"}, "network": {"network": "slug"}}


class Histories:
    """The work of all tables of history together."""

    def find(self, before: datetime, held: Held) -> Found:
        """Count what would go, by one statement a table."""
        found = [rows.find(before, held) for rows in tables()]
        oldest = [one.oldest for one in found if one.oldest]
        return Found(sum(one.number for one in found), min(oldest, default=None))

    def delete(self, before: datetime, held: Held, most: int) -> int:
        """Delete from one table after the other."""
        gone = 0
        for rows in tables():
            if gone < most:
                gone += rows.delete(before, held, most - gone)
        return gone


def tables() -> Iterator[Rows]:
    """Yield the work of each table of history."""
    for model in apps.get_models():
        history: Any = getattr(model, "history", None)
        if hasattr(history, "as_of"):
            yield Rows(
                _older(history.model, model._meta.pk.attname),
                "history_date",
                _covers(history.model, model),
                delete_all,
            )


def _older(history: Any, key: str) -> Any:
    """Return a function that finds versions before a moment, with a newer one of the same object."""
    newer = history._base_manager.filter(
        Q(history_date__gt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id")),
        **{key: OuterRef(key)},
    )
    return lambda before: history._base_manager.filter(Exists(newer), history_date__lt=before)


def _covers(history: Any, model: Any) -> Covers:
    names = {field.name for field in history._meta.get_fields()}
    covers: dict[str, str] = {}
    for name, paths in PATHS.items():
        if name in names:
            covers = {**covers, **paths}
    return {**covers, **OWN.get(model._meta.model_name, {})}
