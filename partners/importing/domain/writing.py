"""Writing what an import decided: in parts, each in bulk, with a row of history for each row that changes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from partners.importing.domain.decisions import WRITTEN, Decision, Outcome
from partners.importing.domain.organization_rows import Writes as OrganizationWrites
from partners.importing.domain.people_rows import Writes as PersonWrites
from partners.importing.domain.position_rows import PostWrites
from partners.models import Alias, Organization, Person, Position, TableImport, User
from partners.people.domain import addresses
from partners.people.domain.organizations import free_slugs
from stemnet.history import update_with_history

A_BATCH = 500
A_PART = 100  # rows of a long file that are written at once: nobody waits longer for the database


@dataclass(frozen=True)
class History:
    """Who writes, when, and why: what each row of history says."""

    by: Person
    at: datetime
    reason: str

    def create(self, model: type[Model], rows: list[Any]) -> None:
        """Create rows, each with its history."""
        if rows:
            bulk_create_with_history(rows, model, batch_size=A_BATCH, **self._said())

    def update(self, model: type[Model], rows: list[Any], fields: Iterable[str]) -> None:
        """Write these columns, with a row of history each."""
        if rows:
            update_with_history(rows, model, fields, batch_size=A_BATCH, **self._said())

    def _said(self) -> dict[str, Any]:
        user = User.objects.filter(person=self.by).first()
        return {"default_user": user, "default_date": self.at, "default_change_reason": self.reason}


class Writer:
    """Writes decisions in parts; ``made`` are the keys of what it has written."""

    model: type[Model]

    def __init__(self, history: History) -> None:
        self.history, self.made = history, set[int]()

    def steps(self, decisions: Iterable[Decision]) -> Iterator[tuple[list[Decision], Callable[[], None]]]:
        """Give the parts in order, each with what writes it."""
        for part in batched([one for one in decisions if one.what in WRITTEN], A_PART):
            yield part, partial(self.write, part)

    def write(self, decisions: list[Decision]) -> None:
        """Write rows that are new or change something."""
        raise NotImplementedError


class OrganizationWriter(Writer):
    """Writes organizations; what they are part of comes last, for it may stand further down."""

    model = Organization

    def steps(self, decisions: Iterable[Decision]) -> Iterator[tuple[list[Decision], Callable[[], None]]]:
        """Give the parts in order, then the ties between them."""
        every = list(decisions)
        yield from super().steps(every)
        tied = [one for one in every if one.what in WRITTEN and one.writes.part_of is not None]
        for part in batched(tied, A_PART):
            yield part, partial(self._tie, part)

    def write(self, decisions: list[Decision]) -> None:
        """Write rows that are new or change something, and their other names."""
        new: list[OrganizationWrites] = [one.writes for one in decisions if one.what == Outcome.CREATE]
        slugs = free_slugs(writes.fields["name"] for writes in new)
        made = [Organization(**one.fields, slug=slug) for one, slug in zip(new, slugs, strict=True)]
        self.history.create(Organization, made)
        for writes, organization in zip(new, made, strict=True):
            writes.known.pk = organization.pk
        changed: dict[int, dict[str, Any]] = defaultdict(dict)
        for decision in decisions:
            if decision.what == Outcome.CHANGE and decision.writes.fields:
                changed[decision.writes.known.pk] |= decision.writes.fields
        _update(Organization, changed, self.history)
        Alias.objects.bulk_create(
            Alias(organization_id=one.writes.known.pk, name=name, kind=kind)
            for one in decisions
            for name, kind in one.writes.others
        )
        self.made |= {one.writes.known.pk for one in decisions}

    def _tie(self, decisions: list[Decision]) -> None:
        """Write what organizations are part of."""
        tied = {one.writes.known.pk: {"part_of_id": one.writes.part_of.pk} for one in decisions}
        _update(Organization, tied, self.history)


class PeopleWriter(Writer):
    """Writes people, their addresses and positions."""

    model = Person

    def write(self, decisions: list[Decision]) -> None:
        """Write rows that are new or change something."""
        new: list[PersonWrites] = [one.writes for one in decisions if one.what == Outcome.CREATE]
        made = [Person(**writes.names) for writes in new]
        self.history.create(Person, made)
        for writes, person in zip(new, made, strict=True):
            writes.someone.is_now(person.pk)
        changed: dict[int, dict[str, Any]] = defaultdict(dict)
        given: dict[int, list[str]] = defaultdict(list)
        for decision in decisions:
            one = decision.writes
            if decision.what == Outcome.CHANGE and one.names:
                changed[one.someone.pk] |= one.names
            given[one.someone.pk] += one.addresses
        _update(Person, changed, self.history)
        addresses.note({person: kept for person, kept in given.items() if kept})
        posts = [(one.writes.someone.pk, one.writes.post) for one in decisions if one.writes.post]
        self._write_positions(posts)
        self.made |= {one.writes.someone.pk for one in decisions}

    def _write_positions(self, rows: list[tuple[int, PostWrites]]) -> None:
        new: dict[str, tuple[Position, PostWrites]] = {}
        changed: dict[int, dict[str, Any]] = defaultdict(dict)
        for person, writes in rows:
            post, fields = writes.post, _columns(writes.fields)
            if post.pk is not None:
                changed[post.pk] |= fields
                continue
            if post.ref not in new:
                place = (
                    {"organization_id": writes.known.pk}
                    if writes.known
                    else {"organization_words": post.words}
                )
                new[post.ref] = Position(person_id=person, **place), writes
            for name, value in fields.items():
                setattr(new[post.ref][0], name, value)
        self.history.create(Position, [position for position, _writes in new.values()])
        for position, writes in new.values():
            writes.post.pk = position.pk
        _update(Position, {pk: fields for pk, fields in changed.items() if fields}, self.history)


def writer(kind: str, history: History) -> Writer:
    """Return who writes the rows of a kind."""
    return OrganizationWriter(history) if kind == TableImport.Kind.ORGANIZATIONS else PeopleWriter(history)


def batched(decisions: list[Decision], number: int) -> Iterator[list[Decision]]:
    """Give ``number`` decisions at a time."""
    for start in range(0, len(decisions), number):
        yield decisions[start : start + number]


def _columns(fields: dict[str, str]) -> dict[str, Any]:
    """Return what is written: a day as a day."""
    return {
        name: datetime.fromisoformat(value).date() if name.endswith("_on") else value
        for name, value in fields.items()
    }


def _update(model: Any, changed: dict[int, dict[str, Any]], history: History) -> None:
    """Write the columns that change, of rows that are held and read anew; what is gone meanwhile stays so."""
    rows = model.objects.select_for_update().order_by("pk").in_bulk(list(changed))
    for pk, row in rows.items():
        for name, value in changed[pk].items():
            setattr(row, name, value)
    names = {model._meta.get_field(name).name for fields in changed.values() for name in fields}
    history.update(model, list(rows.values()), sorted(names))
