"""Importing a table that was looked at, in parts: a short file in one transaction, a long one in several.

Rows are decided outside any transaction, and written only if nothing differs from what was seen. Each part
holds every open import and the rows that it changes, asks whether what it stands on is as it was read, and
writes; so nobody waits for long, and two imports at once don't write the same. Where something changed, or
the machine stopped, what was written stays and the file is looked at again: it says what is left. An import
never moves an organization's stage, proves an address or makes a login.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners.importing.domain.decisions import (
    NEW,
    WHO,
    WRITTEN,
    Decision,
    Outcome,
    Told,
    fingerprint,
    tell_nobody,
)
from partners.importing.domain.preview import (
    IDENTITY,
    Decided,
    decide_rows,
    lock_import,
    look_at_rows,
    marks,
    start_job,
)
from partners.importing.domain.unchanged import Unchanged
from partners.importing.domain.writing import History, Writer, writer
from partners.importing.exceptions import ImportChanged, ImportRefused
from partners.models import Person, TableImport
from stemnet.jobs import Run, make_room
from stemnet.models import Job

Kind, State = TableImport.Kind, TableImport.State


def start_import(
    imported: TableImport, *, seen: int, leave_out: bool, by: Person, at: datetime
) -> Job | None:
    """Import a short file at once, a long one as a job, which is returned. Raises ImportRefused."""
    if imported.number > settings.IMPORT_JOB_ROWS:
        params = {"seen": seen, "leave_out": leave_out, "at": at.isoformat()}
        return start_job(imported, kind="partners.import", params=params, by=by, at=at)
    apply(imported, seen=seen, leave_out=leave_out, by=by, at=at)
    return None


def run_import(run: Run) -> None:
    """Do the job, half of its progress for deciding and half for writing; safe to be run again."""
    imported = TableImport.objects.get(uid=run.params["uid"])
    if imported.state == State.APPLIED:
        return
    run.expect(imported.number)
    by, at = Person.objects.get(uid=run.actor), datetime.fromisoformat(run.params["at"])
    seen, leave_out = run.params["seen"], run.params["leave_out"]
    apply(imported, seen=seen, leave_out=leave_out, by=by, at=at, told=run.reach)


def apply(
    imported: TableImport,
    *,
    seen: int,
    leave_out: bool,
    by: Person,
    at: datetime,
    told: Told = tell_nobody,
) -> TableImport:
    """Import the rows as they were seen; ``leave_out`` leaves those that are not right behind.

    Raises ImportChanged where something is not as it was seen, with the rows looked at again; ImportRefused.
    """
    history = History(by, at, (_("Import of %(file)s") % {"file": imported.file_name})[:100])
    written = writer(imported.kind, history)
    try:
        imported = _wanted(imported, seen=seen, leave_out=leave_out)
        decided = decide_rows(imported, told=lambda done: told(done // 2))
        if not _as_seen(imported, decided.decisions):
            raise ImportChanged
        return _write(imported, decided, written, seen=seen, told=told)
    except (ImportChanged, IntegrityError) as error:
        look_at_rows(TableImport.objects.get(pk=imported.pk), again=True)
        raise ImportChanged(written=len(written.made)) from error


@transaction.atomic
def _wanted(imported: TableImport, *, seen: int, leave_out: bool) -> TableImport:
    """Return the import as it is now. Raises ImportChanged, ImportRefused."""
    imported = lock_import(imported)
    if imported.looks != seen:
        raise ImportChanged
    _check(imported, leave_out=leave_out)
    return imported


def _write(imported: TableImport, decided: Decided, written: Writer, *, seen: int, told: Told) -> TableImport:
    """Write all parts, the last one with how it ended; a short file's in one transaction."""
    with _kept_from_the_collector():
        return _write_parts(imported, decided, written, seen=seen, told=told)


@contextmanager
def _kept_from_the_collector() -> Iterator[None]:
    """Let Python look for garbage among what comes, not among all that was decided, while rows are held."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _write_parts(
    imported: TableImport, decided: Decided, written: Writer, *, seen: int, told: Told
) -> TableImport:
    stands, done = Unchanged(decided, written.made), imported.number // 2
    kept = _remembered(imported, decided)
    steps = list(written.steps(decided.decisions))
    together = [steps] if imported.number <= settings.IMPORT_JOB_ROWS else [[step] for step in steps]
    for number, group in enumerate(together, start=1):
        if number > 1:
            make_room()
        with transaction.atomic():
            _hold(imported, [one for part, _act in group for one in part], written, seen=seen)
            for part, act in group:
                if not stands.holds(part):
                    raise ImportChanged
                act()
            if number == len(together):
                imported.remembered |= _named(kept, decided.decisions)
                _end(imported, written.history)
            elif kept:
                imported.remembered |= _named(kept, (one for part, _act in group for one in part))
                imported.save(update_fields=["remembered"])
        done += sum(len(part) for part, _act in group) // 2
        told(min(done, imported.number))
    _keep_targets(imported, decided)
    return imported


def _end(imported: TableImport, history: History) -> None:
    """Write down that the file is imported, and by whom."""
    imported.state, imported.applied_by, imported.applied_at = State.APPLIED, history.by, history.at
    imported.save(update_fields=["state", "applied_by", "applied_at", "remembered"])


def _keep_targets(imported: TableImport, decided: Decided) -> None:
    """Keep which row became whom, for the page; put into words before anything is held."""
    for row, decision in zip(imported.decided, decided.decisions, strict=True):
        row["target"] = decision.writes.ref if decision.writes else ""
    TableImport.objects.filter(pk=imported.pk).update(decided=imported.decided)


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


def _hold(imported: TableImport, part: list[Decision], written: Writer, *, seen: int) -> None:
    """Hold every open import and the rows that will change, in order of key. Raises ImportChanged."""
    list(TableImport.objects.open().select_for_update().order_by("pk").values_list("pk"))
    if not TableImport.objects.open().filter(pk=imported.pk, looks=seen).exists():
        lock_import(imported)  # says that it was imported or dropped
        raise ImportChanged
    keys = {int(one.writes.ref) for one in part if one.writes.ref.isdigit()}
    rows = written.model._default_manager.select_for_update().order_by("pk")
    list(rows.filter(pk__in=keys).values_list("pk"))


def _remembered(imported: TableImport, decided: Decided) -> dict[int, tuple[str, dict[str, str]]]:
    """Return by line what finds a row again that no key finds: decided by hand, or without an address."""
    kept = {}
    for one, line in zip(decided.decisions, decided.lines, strict=True):
        nameless = imported.kind == Kind.PEOPLE and not (line.says("address") or line.lists("addresses"))
        if one.writes is not None and (line.answers or nameless):
            answers = {key: value for key, value in line.answers.items() if value != NEW}
            kept[one.line] = fingerprint(line, IDENTITY[Kind(imported.kind)]), answers
    return kept


def _named(
    kept: dict[int, tuple[str, dict[str, str]]], decisions: Iterable[Decision]
) -> dict[str, dict[str, str]]:
    """Return who rows became, by what finds them again."""
    return {
        print_: {**answers, WHO: one.writes.ref}
        for one in decisions
        if one.line in kept
        for print_, answers in [kept[one.line]]
    }
