"""Columns that hold another column's name in its plain form (`stemnet.plain_names`), for order and search.

A plain column is never written by hand: reading it from a row works it out, and every way of writing rows
(`save` with or without ``update_fields``, `update`, `bulk_create`, `bulk_update`, fixtures) writes it along::

    class Person(PlainNames):
        last_name = models.CharField(max_length=100)
        plain_last_name = PlainField("last_name", max_length=100)
        objects = PersonQuerySet.as_manager()          # a PlainNamesQuerySet
"""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from stemnet.plain_names import plain_name

M = TypeVar("M", bound=models.Model)
A_BATCH = 500


class PlainField(models.CharField[str, str]):
    """The plain form of another column, sorted letter by letter in every database."""

    def __init__(self, source: str, **kwargs: Any) -> None:
        kwargs |= {"editable": False, "blank": True, "default": ""}
        super().__init__(**kwargs)
        self.source = source

    def deconstruct(self) -> Any:
        """Return what a migration writes."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.source, *args], kwargs

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Compare by code points: PostgreSQL would go by the language it was set up with."""
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Let a row work it out whenever it is read."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _WorkedOut(self))

    def of(self, words: str) -> str:
        """Return the plain form, cut to what the column holds."""
        return plain_name(words)[: self.max_length]


class _WorkedOut:
    """The value on a row: the plain form of what its source says now."""

    def __init__(self, field: PlainField) -> None:
        self._field = field

    def __get__(self, row: models.Model | None, owner: type[models.Model]) -> Any:
        return self if row is None else self._field.of(getattr(row, self._field.source))

    def __set__(self, row: models.Model, value: str) -> None:
        row.__dict__[self._field.attname] = value  # so that Django knows that it was loaded


def plain_fields(model: type[models.Model]) -> list[PlainField]:
    """Return the plain columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, PlainField)]


def _with_plain(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Return the names of columns, and of the plain ones that follow them."""
    given = list(names)
    return [
        *given,
        *(one.name for one in plain_fields(model) if one.source in given and one.name not in given),
    ]


class PlainNamesQuerySet(models.QuerySet[M]):
    """Rows whose plain columns are written along, however they are written."""

    def update(self, **kwargs: Any) -> int:
        """Write the plain form of each name; refuse one that only the database would know."""
        for field in plain_fields(self.model):
            if field.source in kwargs and field.name not in kwargs:
                if not isinstance(kwargs[field.source], str):
                    raise TypeError(f"Write {field.source} as a text, so that {field.name} can follow it.")
                kwargs[field.name] = field.of(kwargs[field.source])
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Write the plain columns beside those that they follow."""
        return super().bulk_update(objs, _with_plain(self.model, fields), batch_size)

    def bulk_create(
        self,
        objs: Iterable[M],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[M]:
        """Also where a row is there already and is changed."""
        changed = _with_plain(self.model, update_fields) if update_fields else update_fields
        return super().bulk_create(
            objs, batch_size, ignore_conflicts, update_conflicts, changed, unique_fields
        )


for method in (PlainNamesQuerySet.update, PlainNamesQuerySet.bulk_update, PlainNamesQuerySet.bulk_create):
    method.__dict__["alters_data"] = True  # so that no template calls it


class PlainNames(models.Model):
    """A row with plain columns."""

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Write the plain columns beside the names, also of a row that was loaded in part."""
        for field in plain_fields(type(self)):
            if field.source in self.__dict__:
                self.__dict__[field.attname] = field.of(getattr(self, field.source))
        if update_fields is not None:
            update_fields = _with_plain(type(self), update_fields)
        super().save(update_fields=update_fields, **kwargs)


def fill_plain_columns(model: type[models.Model], *, names: Iterable[str] = ()) -> None:
    """Write the plain columns, or those with ``names``, of all rows of a model, for a migration."""
    names = list(names) or [field.name for field in plain_fields(model)]
    rows = model._base_manager.order_by("pk")
    part = list(rows[:A_BATCH])
    while part:
        model._base_manager.bulk_update(part, names)
        part = list(rows.filter(pk__gt=part[-1].pk)[:A_BATCH])
