"""Looking at every row of a table: what would become of it now. Nothing but the look itself is kept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.importing.domain import organization_rows, people_rows
from partners.importing.domain.decisions import (
    DecidedLine,
    Decision,
    counts,
    fingerprint,
    until_no_contradictions,
)
from partners.importing.exceptions import ImportRefused
from partners.importing.imports.fields import read_row
from partners.models import TableImport

Kind, State = TableImport.Kind, TableImport.State
Told = Callable[[int], None]
IDENTITY = {Kind.ORGANIZATIONS: organization_rows.IDENTITY, Kind.PEOPLE: people_rows.IDENTITY}


def nobody(done: int) -> None:
    """Tell nobody how many rows were read."""


@transaction.atomic
def look_again(imported: TableImport) -> TableImport:
    """Look at every row again, and mark those of which something else becomes now."""
    imported = lock_import(imported)
    before = marks(imported.decided)
    preview_import(imported)
    for row in imported.decided:
        row["changed"] = before.get(row["line"]) != row["mark"]
    imported.save(update_fields=["decided"])
    return imported


def decide_rows(imported: TableImport, *, told: Told = nobody) -> list[Decision]:
    """Return what becomes of each row, now."""
    rows = lines(imported, told)
    if imported.kind == Kind.ORGANIZATIONS:
        return until_no_contradictions(organization_rows.Walk(rows, defaults=imported.defaults))
    return until_no_contradictions(people_rows.Walk(rows))


def lines(imported: TableImport, told: Told = nobody) -> list[DecidedLine]:
    """Return what the rows say, with the answers given now or to the same row of an earlier file."""
    earlier: dict[str, dict[str, str]] = {}
    applied = TableImport.objects.filter(kind=imported.kind, state=State.APPLIED).order_by("applied_at")
    for remembered in applied.values_list("remembered", flat=True):
        earlier |= remembered
    said = []
    for done, (number, cells) in enumerate(imported.rows, start=1):
        values, faults = read_row(imported.kind, imported.columns, imported.header, cells)
        line = DecidedLine(number, values, faults, {})
        known = earlier.get(fingerprint(line, IDENTITY[Kind(imported.kind)]), {})
        line.answers = {**known, **imported.answers.get(str(number), {})}
        said.append(line)
        told(done)
    return said


def preview_import(imported: TableImport) -> TableImport:
    """Keep what becomes of each row of an import that the caller holds."""
    imported.decided = [one.as_json() for one in decide_rows(imported)]
    imported.counts = counts(imported.decided)
    imported.looks += 1
    imported.save()
    return imported


def lock_import(imported: TableImport) -> TableImport:
    """Return the row as it is now, held; nobody changes what was imported or dropped."""
    fresh = TableImport.objects.select_for_update().get(pk=imported.pk)
    if fresh.state == State.APPLIED:
        raise ImportRefused(sentence=_("This file has already been imported."))
    if fresh.state == State.FORGOTTEN:
        raise ImportRefused(sentence=_("This file was discarded. Upload it again."))
    return fresh


def lock_idle(imported: TableImport) -> TableImport:
    """Return the row as it is now, held; nobody touches a file that a job is importing."""
    fresh = lock_import(imported)
    if fresh.job and fresh.job.finished_at is None:
        raise ImportRefused(sentence=_("This file is being imported right now."))
    return fresh


def marks(decided: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return what tells the decision of each line from any other."""
    return {row["line"]: row["mark"] for row in decided}
