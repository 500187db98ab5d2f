"""The history that is kept with a row: why it changed, and rows of it for what is written in bulk."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model

# Where simple-history looks when the row is saved.
REASON = "_change_reason"


def say_reason(row: Model, reason: str) -> None:
    """Keep ``reason`` with the next save of ``row``."""
    setattr(row, REASON, reason)


@transaction.atomic
def update_with_history(
    rows: Collection[Model], model: Any, fields: Iterable[str], *, batch_size: int, **said: Any
) -> None:
    """Write these columns of ``rows``, with a row of history for each as it stands in the database then.

    The function of simple-history of like name records the rows as they are in memory: columns that it did
    not write, and rows that are gone. ``said`` is who, when and why, as it takes them.
    """
    model.objects.bulk_update(rows, list(fields), batch_size=batch_size)
    keys = [row.pk for row in rows]
    for first in range(0, len(keys), batch_size):
        written = list(model.objects.filter(pk__in=keys[first : first + batch_size]).order_by("pk"))
        model.history.bulk_history_create(written, batch_size=batch_size, update=True, **said)
