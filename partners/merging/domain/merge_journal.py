"""What a merge changes, written down row by row so that it can be taken back exactly."""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.apps import apps
from django.db.models import Model


class Entry(TypedDict):
    """One row: which, what was done, and its columns before and after, as text."""

    model: str
    pk: int
    act: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Journal:
    """Changes rows past their ``save()`` and remembers each change, in order."""

    entries: list[Entry] = field(default_factory=list)

    def update(self, row: Model, **columns: Any) -> None:
        """Set ``columns`` (by column name, such as ``person_id``) of ``row``; the same value is no change."""
        new = {name: value for name, value in columns.items() if getattr(row, name) != value}
        if not new:
            return
        before = as_kept(row, new)
        for name, value in new.items():
            setattr(row, name, value)
        type(row)._base_manager.filter(pk=row.pk).update(**new)
        self.entries.append(_entry(row, "update", before, as_kept(row, new)))

    def create(self, row: Model) -> None:
        """Save a new row; taking the merge back deletes it."""
        row.save(force_insert=True)
        self.entries.append(_entry(row, "create", {}, {}))

    def remove(self, row: Model) -> None:
        """Delete a row that can be worked out anew; taking the merge back writes it again under its key."""
        names = [field.attname for field in row._meta.concrete_fields]
        self.entries.append(_entry(row, "remove", as_kept(row, names), {}))
        type(row)._base_manager.filter(pk=row.pk).delete()


def undo_entries(entries: list[Entry]) -> None:
    """Undo ``entries``, last first; a column that somebody changed since keeps its later value."""
    for entry in reversed(entries):
        model = apps.get_model(entry["model"])
        if entry["act"] == "remove":
            model(**_values(model, entry["before"])).save(force_insert=True)
            continue
        row = model._base_manager.filter(pk=entry["pk"]).first()
        if row is None:
            continue
        if entry["act"] == "create":
            row.delete()
            continue
        now = as_kept(row, entry["after"])
        old = {name: value for name, value in entry["before"].items() if now[name] == entry["after"][name]}
        model._base_manager.filter(pk=row.pk).update(**_values(model, old))


def as_kept(row: Model, names: Any) -> dict[str, Any]:
    """Return columns of ``row`` as JSON can keep them."""
    return {name: _text(row, name) for name in names}


def _values(model: type[Model], kept: dict[str, Any]) -> dict[str, Any]:
    """Return columns as `as_kept` wrote them as values of the model."""
    return {name: _column(model, name).to_python(value) for name, value in kept.items()}


def _text(row: Model, name: str) -> Any:
    value = getattr(row, name)
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return _column(type(row), name).value_to_string(row)


def _column(model: type[Model], name: str) -> Any:
    field: Any = next(one for one in model._meta.concrete_fields if name in (one.attname, one.name))
    return field.target_field if field.is_relation else field


def _entry(row: Model, act: str, before: dict[str, Any], after: dict[str, Any]) -> Entry:
    return {"model": row._meta.label_lower, "pk": row.pk, "act": act, "before": before, "after": after}
