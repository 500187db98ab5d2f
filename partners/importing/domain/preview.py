"""Looking at every row of a table: what would become of it now. Nothing but the look itself is kept.

Rows are decided outside any transaction: nobody else waits meanwhile. What was seen is kept in one statement,
unless somebody said something else of the file since, whose own look then counts.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partners.importing.domain import organization_rows, people_rows
from partners.importing.domain.decisions import (
    DecidedLine,
    Decision,
    Told,
    counts,
    fingerprint,
    tell_nobody,
    until_no_contradictions,
)
from partners.importing.exceptions import ImportRefused
from partners.importing.imports.fields import row_reader
from partners.models import Person, TableImport
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.models import Job

Kind, State = TableImport.Kind, TableImport.State
IDENTITY = {Kind.ORGANIZATIONS: organization_rows.IDENTITY, Kind.PEOPLE: people_rows.IDENTITY}
LOOK = "partners.look_at_rows"


@dataclass(frozen=True)
class Decided:
    """What becomes of each row now, what the rows say, and the walk that read what is listed."""

    decisions: list[Decision]
    lines: list[DecidedLine]
    walk: organization_rows.Walk | people_rows.Walk


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Look for no garbage among many thousands of new rows, which all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # and back: all of them are old now, and nobody walks through them at once
            gc.unfreeze()
            gc.enable()


@_nothing_collected()
def decide_rows(imported: TableImport, *, told: Told = tell_nobody) -> Decided:
    """Return what becomes of each row, now; reads, and holds nothing."""
    rows = lines(imported)
    kind = organization_rows if imported.kind == Kind.ORGANIZATIONS else people_rows
    walk = kind.Walk(rows, defaults=imported.defaults, told=told)
    return Decided(until_no_contradictions(walk), rows, walk)


@_nothing_collected()
def look_at_rows(imported: TableImport, *, again: bool = False, told: Told = tell_nobody) -> TableImport:
    """Keep what becomes of each row; ``again`` marks those of which something else becomes than was seen."""
    decided = [one.as_json() for one in decide_rows(imported, told=told).decisions]
    before = marks(imported.decided) if again else {}
    for row in decided if again else ():
        row["changed"] = before.get(row["line"]) != row["mark"]
    seen = {"decided": decided, "counts": counts(decided), "state": State.CHECKED}
    same = TableImport.objects.open().filter(pk=imported.pk, said=imported.said)
    if not same.update(**seen, looks=F("looks") + 1):
        return TableImport.objects.get(pk=imported.pk)
    for name, value in seen.items():
        setattr(imported, name, value)
    imported.looks += 1
    return imported


def start_look(imported: TableImport, *, by: Person, at: datetime) -> Job | None:
    """Look at the rows of a short file at once, at those of a long one as a job, which is returned."""
    if imported.number <= settings.IMPORT_JOB_ROWS:
        look_at_rows(imported)
        return None
    return start_job(imported, kind=LOOK, params={}, by=by, at=at)


@transaction.atomic
def start_job(
    imported: TableImport, *, kind: str, params: Mapping[str, Any], by: Person, at: datetime
) -> Job:
    """Start the one job of a file: of two who press at once, the second is refused."""
    imported = lock_idle(imported)
    given = {**params, "uid": str(imported.uid)}
    imported.job = jobs.start_job(kind=kind, params=given, by=str(by.uid), at=at, total=imported.number)
    imported.save(update_fields=["job"])
    return imported.job


def run_look(run: Run) -> None:
    """Do the job: look at all rows, with progress; safe to be run again."""
    imported = TableImport.objects.get(uid=run.params["uid"])
    run.expect(imported.number)
    look_at_rows(imported, told=run.reach)


def lines(imported: TableImport) -> list[DecidedLine]:
    """Return what the rows say, with the answers given now or to the same row of an earlier file."""
    earlier: dict[str, dict[str, str]] = {}
    applied = TableImport.objects.filter(kind=imported.kind, state=State.APPLIED).order_by("applied_at")
    for remembered in [*applied.values_list("remembered", flat=True), imported.remembered]:
        earlier |= remembered
    said, names = [], IDENTITY[Kind(imported.kind)]
    read = row_reader(imported.kind, imported.columns, imported.header)
    for number, cells in imported.rows:
        values, faults = read(cells)
        line = DecidedLine(number, values, faults, imported.answers.get(str(number), {}))
        if earlier:
            line.answers = {**earlier.get(fingerprint(line, names), {}), **line.answers}
        said.append(line)
    return said


def lock_import(imported: TableImport) -> TableImport:
    """Return the row as it is now, held; nobody changes what was imported or dropped.

    What the file says is long, and is read when it is asked for: after the row is held no longer.
    """
    fresh = TableImport.objects.select_for_update().defer("rows", "decided").get(pk=imported.pk)
    if fresh.state == State.APPLIED:
        raise ImportRefused(sentence=_("This file has already been imported."))
    if fresh.state == State.FORGOTTEN:
        raise ImportRefused(sentence=_("This file was discarded. Upload it again."))
    return fresh


def lock_idle(imported: TableImport) -> TableImport:
    """Return the row as it is now, held; nobody touches a file that a job works on."""
    fresh = lock_import(imported)
    if fresh.job and fresh.job.finished_at is None:
        if fresh.job.kind == LOOK:
            raise ImportRefused(sentence=_("We're still checking the rows of this file."))
        raise ImportRefused(sentence=_("This file is being imported right now."))
    return fresh


def marks(decided: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return what tells the decision of each line from any other."""
    return {row["line"]: row["mark"] for row in decided}
