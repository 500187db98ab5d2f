"""What a group makes: written down, changed and taken away by its members."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from meetings.models import Deliverable, WorkingGroup

COLUMNS = ("title", "note", "state", "due_on", "parts", "done_parts", "owner")


@transaction.atomic
def write(group: WorkingGroup, values: Mapping[str, Any], *, row: Deliverable | None = None) -> Deliverable:
    """Write one deliverable of ``group``, a new one where ``row`` is None; what is done has all its parts.

    A new one that is there already, word for word, is a form that was sent twice, and stays the only one.
    """
    WorkingGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    typed = {name: values[name] for name in COLUMNS}
    if typed["state"] == Deliverable.State.DONE and typed["parts"]:
        typed["done_parts"] = typed["parts"]
    row = row or group.deliverables.filter(**typed).first() or Deliverable(group=group)
    for name, value in typed.items():
        setattr(row, name, value)
    row.save()
    return row
