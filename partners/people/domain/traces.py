"""Traces of somebody in text that no key leads to: typed addresses, names in reasons, imported lists.

An address is one person's, so it goes from every text of every table. A whole name goes where nobody else is
called so. What documents and signatures say stays, and what somebody wrote for others to read, such as
minutes: the apps name these columns, with `leave_words`.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, EmailField, Field, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from partners.models import Person, PersonEmail
from stemnet.models import Mail, MailState
from stemnet.models.mail import removed_address
from stemnet.outbox.queueing import call_off

SKIPPED_APPS = frozenset({"auth", "contenttypes", "sessions", "sites"})
_left: set[tuple[type[Model], str]] = set()
_by_address: dict[type[Model], str] = {}


@dataclass(frozen=True)
class Words:
    """By what somebody is found in text: addresses, whole names that are theirs alone, and their uids."""

    addresses: tuple[str, ...]
    names: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Return what is looked for, the longest first."""
        return tuple(sorted({*self.addresses, *self.names}, key=len, reverse=True))


def leave_words(model: type[Model], *columns: str) -> None:
    """Leave what these columns of ``model`` say, whoever is named there; none names them all."""
    _left.update((model, column) for column in columns or [one.name for one in model._meta.concrete_fields])


def deleted_by_address(model: type[Model], column: str) -> None:
    """Let rows of ``model`` be deleted whose ``column`` is an address of whoever is deleted."""
    _by_address[model] = column


def words_of(person: Person) -> Words:
    """Return by what ``person`` is found, under all names that they ever had here."""
    people = [person, *person.merged.all()]
    held = PersonEmail.objects.filter(person__in=people).values_list("address", flat=True)
    known: list[Any] = [*people, *Person.history.filter(id__in=[one.pk for one in people])]
    names = {name for one in known for name in _names(one.first_name, one.last_name, one.certificate_name)}
    others = Person.objects.current().exclude(pk=person.pk)
    alone = [
        name for name in names if not any(one.is_called(*_halves(name)) for one in others.found_by(name)[:50])
    ]
    return Words(tuple(held), tuple(alone), tuple(f"person:{one.uid}" for one in people))


def erase(words: Words, *, name: str) -> None:
    """Take every trace out of the tables; ``name`` stands instead."""
    forget_mail(words)
    for model, column in _by_address.items():
        model._base_manager.filter(**{f"{column}__in": words.addresses}).delete()
    for model in apps.get_models():
        if model._meta.app_label not in SKIPPED_APPS:
            _erase_in(model, words, name=name)


def without(words: Words, text: str, *, name: str) -> str:
    """Return ``text`` without addresses and names."""
    for word in words.all:
        text = re.sub(re.escape(word), name, text, flags=re.IGNORECASE)
    return text


def forget_mail(words: Words) -> None:
    """Empty all mail to them: that it went, and how, stays; what still waits is called off."""
    theirs = Mail.objects.filter(Q(recipient__in=words.recipients) | Q(address__in=words.addresses))
    theirs = theirs.exclude(object=Mail.ABOUT_REMOVED)
    call_off(theirs.filter(state=MailState.QUEUED))
    for address in words.addresses:
        for mail in theirs.filter(key__contains=address):
            Mail.objects.filter(pk=mail.pk).update(key=f"removed:{mail.pk}")
    theirs.update(
        address=removed_address(), recipient="", subject="", text="", html="", headers={}, attachments=[],
        last_error="",
    )  # fmt: skip


def columns_of(model: type[Model]) -> list["Field[Any, Any]"]:
    """Return the columns of ``model`` that may hold words about somebody."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
        and not field.choices
        and not field.name.startswith("plain_")
        and (model, field.name) not in _left
    ]


def _erase_in(model: type[Model], words: Words, *, name: str) -> None:
    """Take traces out of the rows of one table, which is read once."""
    columns = columns_of(model)
    if not columns or not words.all:
        return
    for row in _rows_with(model, columns, words.all):
        changed = {}
        for field in columns:
            before = row[field.name]
            after = _cleaned(field, before, words, name=name)
            if after != before:
                changed[field.name] = after
        if changed:
            model._base_manager.filter(pk=row["pk"]).update(**changed)


def _rows_with(
    model: type[Model], columns: Collection["Field[Any, Any]"], words: Collection[str]
) -> list[dict[str, Any]]:
    """Return the rows that have one of the words anywhere, with their columns."""
    asked = Q()
    rows: QuerySet[Any] = model._base_manager.order_by()
    if model is Mail:
        rows = rows.exclude(object=Mail.ABOUT_REMOVED)
    for field in columns:
        name = field.name
        if isinstance(field, JSONField):
            name = f"text_of_{field.name}"
            rows = rows.annotate(**{name: Cast(field.name, TextField())})
        for word in words:
            for written in _ways(field, word):
                asked |= Q(**{f"{name}__icontains": written})
    return list(rows.filter(asked).values("pk", *[field.name for field in columns]))


def _ways(field: "Field[Any, Any]", word: str) -> set[str]:
    """Return how a word may be written in a column: JSON escapes what isn't ASCII in one of the databases."""
    return {word, json.dumps(word)[1:-1]} if isinstance(field, JSONField) else {word}


def _cleaned(field: "Field[Any, Any]", value: Any, words: Words, *, name: str) -> Any:
    if isinstance(value, str):
        if isinstance(field, EmailField) or field.__class__.__name__ == "AddressColumn":
            return removed_address() if value.lower() in words.addresses else value
        text = without(words, value, name=name)
        return text[: field.max_length] if isinstance(field, CharField) and text != value else text
    return _cleaned_json(value, words, name=name) if isinstance(field, JSONField) else value


def _cleaned_json(value: Any, words: Words, *, name: str) -> Any:
    if isinstance(value, str):
        return without(words, value, name=name)
    if isinstance(value, list):
        return [_cleaned_json(one, words, name=name) for one in value]
    if isinstance(value, dict):
        return {
            without(words, key, name=name): _cleaned_json(one, words, name=name) for key, one in value.items()
        }
    return value


def _names(first_name: str, last_name: str, certificate_name: str) -> Iterator[str]:
    """Yield whole names, either way round; a first or last name alone is that of many."""
    if first_name and last_name:
        yield f"{first_name} {last_name}"
        yield f"{last_name}, {first_name}"
    if " " in certificate_name.strip():
        yield certificate_name.strip()


def _halves(name: str) -> tuple[str, str]:
    """Return a name as `Person.is_called` takes it."""
    return name, ""
