"""All rows about one person as JSON, in pieces, so that nothing is held in memory."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, FileField, ForeignKey, Model, QuerySet

from partners.models import Person
from partners.people.domain.person_rows import Kept

SECRETS = frozenset(
    {
        "code_hash",
        "codes",
        "data",
        "link_number",
        "password",
        "session_key",
        "stands_on",
        "token_hash",
        "tries",
    }
)
NAMES = ("title", "name", "text", "number", "address")
INNER = frozenset({"id", "history_id", "history_type", "history_change_reason"})


def own_data(person: Person, kept: list[Kept], mails: QuerySet[Any]) -> Iterator[str]:
    """Yield the file: the person, a list for each kind of row that leads to them, and their mail."""
    people = [person.pk, *(one.pk for one in person.merged.all())]
    yield '{"person": ' + _json(_row(person))
    yield ', "rows": {'
    begun = False
    for one in kept:
        if one.not_downloaded:
            continue
        rows = _rows(one.of(people))
        first = next(rows, None)
        if first is None:
            continue
        yield (", " if begun else "") + _json(name_of(one)) + ": [" + _json(first)
        for row in rows:
            yield ", " + _json(row)
        yield "]"
        begun = True
    yield '}, "mail": ['
    for number, mail in enumerate(mails.values(*MAIL, "secret").iterator()):
        yield (", " if number else "") + _json(_mail(mail))
    yield "]}\n"


MAIL = ("created_at", "address", "subject", "text", "state", "sent_at", "last_error")


def name_of(kept: Kept) -> str:
    """Return under which name rows stand in the file: "registrations", "action items", …"""
    name = str(kept.model._meta.verbose_name_plural)
    last = kept.path.rpartition("__")[2]
    return name if last in ("person", "id") else f"{name} ({last.replace('_', ' ')})"


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns that stand in the file: values, and what rows of other tables are called."""
    names = []
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            names += _called(field)
        elif not isinstance(field, FileField) and _is_plain(field):
            names.append(field.name)
    return names


def _is_plain(field: "Field[Any, Any]") -> bool:
    hidden = field.name in SECRETS | INNER or field.name.startswith("plain_")
    return not hidden and not field.primary_key


def _called(field: "ForeignKey[Any, Any]") -> list[str]:
    """Return how a row of another table is named in the file; other people are not."""
    to: type[Model] = field.related_model
    known = {one.name for one in to._meta.concrete_fields}
    if "network" in known and to is not Person:
        return [f"{field.name}__network__title"]
    return [f"{field.name}__{name}" for name in NAMES if name in known][:1] if to is not Person else []


def _rows(rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    return iter(rows.order_by("pk").values(*columns_of(rows.model)).iterator())


def _row(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in columns_of(Person)}


def _mail(row: dict[str, Any]) -> dict[str, Any]:
    """Return one mail; of one with a secret only that it went."""
    secret = row.pop("secret")
    return {**row, "subject": "", "text": ""} if secret else row


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
