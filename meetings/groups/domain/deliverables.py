"""What a group makes: written down, changed and taken away by its members."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from meetings.models import Deliverable, WorkingGroup

COLUMNS = ("title", "note", "state", "due_on", "parts", "done_parts", "owner")


@transaction.atomic
def write(group: WorkingGroup, values: Mapping[str, Any], *, row: Deliverable | None = None) -> Deliverable:
    """Write one deliverable of ``group``, a new one where ``row`` is None; what is done has all its parts."""
    row = row or Deliverable(group=group)
    for name in COLUMNS:
        setattr(row, name, values[name])
    if row.is_done and row.parts:
        row.done_parts = row.parts
    row.save()
    return row
