"""Saving exports: what they say of rows, and their columns in order.

Each act names the edition that its page showed; another one since is refused, so that what is sent twice
changes nothing twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Organization, Person
from registrations.credit.domain.export_columns import COLUMNS
from registrations.exporting.domain.presets import PRESETS
from registrations.exporting.exceptions import ExportChanged, ExportRefused
from registrations.models import SavedExport

MOST_COLUMNS = 100
Pairs = list[list[str]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the form of an export says, besides its columns."""

    title: str
    table: str
    reach: str
    who: str
    papers: str
    order: str
    headings: str
    date_form: str
    file_form: str
    shared: bool = False
    school_year: str = ""
    networks: Sequence[Network] = ()
    organization: Organization | None = None
    first_day: date | None = None
    last_day: date | None = None

    def values(self) -> dict[str, Any]:
        """Return the values of the columns of the row."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = (
    "title",
    "table",
    "reach",
    "who",
    "papers",
    "order",
    "headings",
    "date_form",
    "file_form",
    "shared",
    "school_year",
    "organization",
    "first_day",
    "last_day",
)


@transaction.atomic
def save_new(plan: Plan, *, begin: str, uid: UUID, by: Person, at: datetime) -> SavedExport:
    """Save an export with the columns of a preset; the same ``uid`` again returns the first.

    Raises ExportRefused for a network that is not theirs.
    """
    _check(plan, by)
    preset = PRESETS.get(begin) or PRESETS["people"]
    columns = [[key, ""] for key in fitting(preset.columns, plan.table)]
    try:
        with transaction.atomic():
            made = SavedExport.objects.create(
                uid=uid, owner=by, columns=columns, saved_at=at, **plan.values()
            )
    except IntegrityError:
        known = SavedExport.objects.filter(uid=uid, owner=by).first()
        if known is None and SavedExport.objects.filter(uid=uid).exists():  # the form of somebody else
            return save_new(plan, begin=begin, uid=uuid4(), by=by, at=at)
        if known is None:
            raise
        return known
    made.networks.set(plan.networks)
    return made


@transaction.atomic
def change(export: SavedExport, plan: Plan, *, seen: int, by: Person, at: datetime) -> None:
    """Save what the form says. Raises ExportChanged, ExportRefused for a network that is not theirs."""
    _check(plan, by)
    kept = [pair for pair in export.columns if pair[0] in fitting([pair[0]], plan.table)]
    if not kept:
        raise ExportRefused(
            sentence=_("None of its columns is about such rows. Add a column that is before you change them.")
        )
    _write(export, seen=seen, at=at, columns=kept, **plan.values())
    others = export.networks.exclude(pk__in=Network.objects.staffed_by(by))
    export.networks.set([*plan.networks, *others])


def change_columns(export: SavedExport, act: Callable[[Pairs], Pairs], *, seen: int, at: datetime) -> None:
    """Write the columns as ``act`` makes them. Raises ExportChanged, ExportRefused where none is left."""
    columns = act([list(pair) for pair in export.columns])
    if not columns:
        raise ExportRefused(sentence=_("An export needs a column. Add another one first."))
    if len(columns) > MOST_COLUMNS:
        raise ExportRefused(sentence=_("That's more than %(most)s columns.") % {"most": MOST_COLUMNS})
    _write(export, seen=seen, at=at, columns=columns)


def added(keys: Sequence[str], table: str) -> Callable[[Pairs], Pairs]:
    """Return what puts columns behind the others; those that are there stay where they are."""

    def act(columns: Pairs) -> Pairs:
        there = {key for key, _name in columns}
        return [*columns, *([key, ""] for key in fitting(keys, table) if key not in there)]

    return act


def moved(key: str, by: int) -> Callable[[Pairs], Pairs]:
    """Return what moves a column up (-1) or down (1)."""

    def act(columns: Pairs) -> Pairs:
        place = next((number for number, pair in enumerate(columns) if pair[0] == key), None)
        if place is None or not 0 <= place + by < len(columns):
            return columns
        columns[place], columns[place + by] = columns[place + by], columns[place]
        return columns

    return act


def removed(key: str) -> Callable[[Pairs], Pairs]:
    """Return what takes a column out."""
    return lambda columns: [pair for pair in columns if pair[0] != key]


def named(key: str, name: str) -> Callable[[Pairs], Pairs]:
    """Return what gives a column another heading; an empty one is its own again."""
    return lambda columns: [[pair[0], name if pair[0] == key else pair[1]] for pair in columns]


def fitting(keys: Sequence[str], table: str) -> list[str]:
    """Return those of ``keys`` that are columns of such a table."""
    at_meetings = table == SavedExport.Table.MEETINGS
    return [key for key in keys if key in COLUMNS and (at_meetings or not COLUMNS[key].of_meeting)]


@transaction.atomic
def copy(export: SavedExport, *, by: Person, at: datetime) -> SavedExport:
    """Make an export of one's own that is like ``export``, with those of its networks that are theirs."""
    networks = list(Network.objects.staffed_by(by).filter(saved_exports=export))
    values = {name: getattr(export, name) for name in FIELDS}
    title = _("%(title)s (copy)") % {"title": export.title[:90]}
    values |= {"title": title, "shared": False}
    made = SavedExport.objects.create(owner=by, columns=export.columns, saved_at=at, **values)
    made.networks.set(networks)
    return made


def delete(export: SavedExport) -> None:
    """Delete an export; files that were made of it are not touched."""
    export.delete()


def _check(plan: Plan, by: Person) -> None:
    theirs = Network.objects.staffed_by(by).filter(pk__in=[one.pk for one in plan.networks])
    if theirs.count() != len(plan.networks):
        raise ExportRefused(sentence=_("You're not staff for one of these networks."))


def _write(export: SavedExport, *, seen: int, at: datetime, **values: Any) -> None:
    """Write the row as long as it is of the edition that was seen. Raises ExportChanged."""
    same = SavedExport.objects.filter(pk=export.pk, edition=seen)
    if not same.update(edition=seen + 1, saved_at=at, **values):
        raise ExportChanged
    export.refresh_from_db()
