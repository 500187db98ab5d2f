"""Keeping how a need or a contribution read before it was changed."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from partners.models import Actor, Contribution, Need, Rewording, acted

Row = Need | Contribution


def keep_wording(row: Row, before: dict[str, str], *, by: Actor, at: datetime) -> None:
    """Write down what the changed fields of ``row`` said before; nothing where none changed."""
    now = row_words(row, before)
    changed = {name: said for name, said in before.items() if now[name] != said}
    if changed:
        side = {"need": row} if isinstance(row, Need) else {"contribution": row}
        Rewording.objects.create(before=changed, at=at, **side, **acted(by))


def row_words(row: Row, names: Any) -> dict[str, str]:
    """Return what these fields of a row say, in words; whom a teacher's need is for is said of nobody."""
    return {name: _words(row, name) for name in names}


def _words(row: Row, name: str) -> str:
    value = getattr(row, name)
    if name == "teacher":
        return _("a teacher") if value else ""
    if name == "grade_bands" and isinstance(row, Need):
        return row.grades
    if isinstance(value, models.Manager):
        return ", ".join(str(one) for one in value.all())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display else "" if value is None else str(value)
