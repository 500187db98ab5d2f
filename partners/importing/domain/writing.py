"""Writing what an import decided: in bulk, with a row of history for each row that changes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from partners.importing.domain.decisions import WRITTEN, Decision, Outcome
from partners.importing.domain.organization_rows import Writes as OrganizationWrites
from partners.importing.domain.people_rows import Writes as PersonWrites
from partners.importing.domain.position_rows import PostWrites
from partners.models import Alias, Organization, Person, Position, TableImport, User
from partners.people.domain import addresses
from partners.people.domain.organizations import free_slugs

A_BATCH = 500


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
            bulk_update_with_history(rows, model, list(fields), batch_size=A_BATCH, **self._said())

    def _said(self) -> dict[str, Any]:
        user = User.objects.filter(person=self.by).first()
        return {"default_user": user, "default_date": self.at, "default_change_reason": self.reason}


def write_rows(kind: str, decisions: Iterable[Decision], history: History) -> None:
    """Write every row that is new or changes something; the others do nothing."""
    written = [one for one in decisions if one.what in WRITTEN]
    if kind == TableImport.Kind.ORGANIZATIONS:
        _write_organizations(written, history)
    else:
        _write_people(written, history)


def _write_organizations(decisions: list[Decision], history: History) -> None:
    new: list[OrganizationWrites] = [one.writes for one in decisions if one.what == Outcome.CREATE]
    slugs = free_slugs(writes.fields["name"] for writes in new)
    made = [Organization(**one.fields, slug=slug) for one, slug in zip(new, slugs, strict=True)]
    history.create(Organization, made)
    for writes, organization in zip(new, made, strict=True):
        writes.known.pk = organization.pk
    changed: dict[int, dict[str, Any]] = defaultdict(dict)
    for decision in decisions:
        writes = decision.writes
        if decision.what == Outcome.CHANGE and writes.fields:
            changed[writes.known.pk] |= writes.fields
        if writes.part_of is not None:
            changed[writes.known.pk]["part_of_id"] = writes.part_of.pk
    _update(Organization, changed, history)
    Alias.objects.bulk_create(
        Alias(organization_id=one.writes.known.pk, name=name, kind=kind)
        for one in decisions
        for name, kind in one.writes.others
    )


def _write_people(decisions: list[Decision], history: History) -> None:
    new: list[PersonWrites] = [one.writes for one in decisions if one.what == Outcome.CREATE]
    made = [Person(**writes.names) for writes in new]
    history.create(Person, made)
    for writes, person in zip(new, made, strict=True):
        writes.someone.pk = person.pk
    changed: dict[int, dict[str, Any]] = defaultdict(dict)
    given: dict[int, list[str]] = defaultdict(list)
    for decision in decisions:
        writes = decision.writes
        if decision.what == Outcome.CHANGE and writes.names:
            changed[writes.someone.pk] |= writes.names
        given[writes.someone.pk] += writes.addresses
    _update(Person, changed, history)
    addresses.note({person: kept for person, kept in given.items() if kept})
    _write_positions(
        [(one.writes.someone.pk, one.writes.post) for one in decisions if one.writes.post], history
    )


def _write_positions(rows: list[tuple[int, PostWrites]], history: History) -> None:
    new: dict[str, Position] = {}
    changed: dict[int, dict[str, Any]] = defaultdict(dict)
    for person, writes in rows:
        post, fields = writes.post, _columns(writes.fields)
        if post.pk is not None:
            changed[post.pk] |= fields
            continue
        if post.ref not in new:
            place = (
                {"organization_id": writes.known.pk} if writes.known else {"organization_words": post.words}
            )
            new[post.ref] = Position(person_id=person, **place)
        for name, value in fields.items():
            setattr(new[post.ref], name, value)
    history.create(Position, list(new.values()))
    _update(Position, {pk: fields for pk, fields in changed.items() if fields}, history)


def _columns(fields: dict[str, str]) -> dict[str, Any]:
    """Return what is written: a day as a day."""
    return {
        name: datetime.fromisoformat(value).date() if name.endswith("_on") else value
        for name, value in fields.items()
    }


def _update(model: Any, changed: dict[int, dict[str, Any]], history: History) -> None:
    """Write the columns that change, of rows that the caller holds."""
    rows = model.objects.in_bulk(list(changed))
    for pk, fields in changed.items():
        for name, value in fields.items():
            setattr(rows[pk], name, value)
    names = {name.removesuffix("_id") for fields in changed.values() for name in fields}
    history.update(model, list(rows.values()), sorted(names))
