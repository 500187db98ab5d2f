"""Importing a table that was looked at: all of it or none, in one transaction.

It holds every open import, decides once more, and writes only if nothing differs from what was seen. An
import never moves an organization's stage, proves an address or makes a login.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners.importing.domain.decisions import NEW, WHO, WRITTEN, Decision, Outcome, fingerprint
from partners.importing.domain.preview import (
    IDENTITY,
    decide_rows,
    lines,
    lock_idle,
    lock_import,
    look_again,
    marks,
)
from partners.importing.domain.writing import History, write_rows
from partners.importing.exceptions import ImportChanged, ImportRefused
from partners.models import Organization, Person, TableImport
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.models import Job

Kind, State = TableImport.Kind, TableImport.State
MODELS: dict[str, Any] = {Kind.ORGANIZATIONS: Organization, Kind.PEOPLE: Person}


def start_import(
    imported: TableImport, *, seen: int, leave_out: bool, by: Person, at: datetime
) -> Job | None:
    """Import a short file at once, a long one as a job, which is returned. Raises ImportRefused."""
    if imported.number > settings.IMPORT_JOB_ROWS:
        return _start_job(imported, seen=seen, leave_out=leave_out, by=by, at=at)
    apply(imported, seen=seen, leave_out=leave_out, by=by, at=at)
    return None


@transaction.atomic
def _start_job(imported: TableImport, *, seen: int, leave_out: bool, by: Person, at: datetime) -> Job:
    """Start the one job of a file: of two who press at once, the second is refused."""
    imported = lock_idle(imported)
    params = {"uid": str(imported.uid), "seen": seen, "leave_out": leave_out, "at": at.isoformat()}
    imported.job = jobs.start_job(
        kind="partners.import", params=params, by=str(by.uid), at=at, total=imported.number
    )
    imported.save(update_fields=["job"])
    return imported.job


def run_import(run: Run) -> None:
    """Do the job: look at all rows with progress before anything is held; safe to be run again."""
    imported = TableImport.objects.get(uid=run.params["uid"])
    if imported.state == State.APPLIED:
        return
    run.expect(imported.number)
    if not _as_seen(imported, decide_rows(imported, told=run.reach)):
        look_again(imported)
        raise ImportChanged
    by, at = Person.objects.get(uid=run.actor), datetime.fromisoformat(run.params["at"])
    apply(imported, seen=run.params["seen"], leave_out=run.params["leave_out"], by=by, at=at)


def apply(imported: TableImport, *, seen: int, leave_out: bool, by: Person, at: datetime) -> TableImport:
    """Import the rows as they were seen, all or none; ``leave_out`` leaves those that are not right behind.

    Raises ImportChanged where something is not as it was seen, with the rows looked at again; ImportRefused.
    """
    try:
        return _apply(imported, seen=seen, leave_out=leave_out, by=by, at=at)
    except (ImportChanged, IntegrityError) as error:
        look_again(imported)
        raise ImportChanged from error


@transaction.atomic
def _apply(imported: TableImport, *, seen: int, leave_out: bool, by: Person, at: datetime) -> TableImport:
    list(TableImport.objects.open().select_for_update().order_by("pk").values_list("pk"))
    imported = lock_import(imported)
    if imported.looks != seen:
        raise ImportChanged
    _check(imported, leave_out=leave_out)
    _hold_targets(imported)
    decisions = decide_rows(imported)
    if not _as_seen(imported, decisions):
        raise ImportChanged
    reason = _("Import of %(file)s") % {"file": imported.file_name}
    write_rows(imported.kind, decisions, History(by, at, reason[:100]))
    imported.remembered = _remembered(imported, decisions)
    for row, decision in zip(imported.decided, decisions, strict=True):
        row["target"] = decision.writes.ref if decision.writes else ""
    imported.state, imported.applied_by, imported.applied_at = State.APPLIED, by, at
    imported.save()
    return imported


def _as_seen(imported: TableImport, decisions: list[Decision]) -> bool:
    """Return whether what becomes of each row is what was looked at."""
    return marks(imported.decided) == marks([one.as_json() for one in decisions])


def _check(imported: TableImport, *, leave_out: bool) -> None:
    number = imported.counts
    if imported.state != State.CHECKED or not sum(number[what] for what in WRITTEN):
        raise ImportRefused(sentence=_("There's nothing to import."))
    wrong = number[Outcome.ASK] + number[Outcome.ERROR]
    if wrong and not leave_out:
        raise ImportRefused(
            sentence=_(
                "Nothing was imported: %(number)s rows still need fixing. Decide what to do with "
                "them, or leave them out."
            )
            % {"number": wrong}
        )


def _hold_targets(imported: TableImport) -> None:
    """Hold the rows that will change, in order of key."""
    keys = {int(row["target"]) for row in imported.decided if row["target"].isdigit()}
    rows = MODELS[imported.kind].objects.select_for_update().order_by("pk")
    held = sorted(keys)
    for start_at in range(0, len(held), 500):
        list(rows.filter(pk__in=held[start_at : start_at + 500]).values_list("pk"))


def _remembered(imported: TableImport, decisions: list[Decision]) -> dict[str, dict[str, str]]:
    """Return who the rows became that no key finds: decided by hand, or people without an address."""
    kept = {}
    said = {line.number: line for line in lines(imported)}
    for one in decisions:
        line = said[one.line]
        nameless = imported.kind == Kind.PEOPLE and not (line.says("address") or line.lists("addresses"))
        if one.writes is None or not (line.answers or nameless):
            continue
        answers = {key: value for key, value in line.answers.items() if value != NEW}
        kept[fingerprint(line, IDENTITY[Kind(imported.kind)])] = {**answers, WHO: one.writes.ref}
    return kept
