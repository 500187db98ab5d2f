"""Bringing tables of organizations and people: which column is which, and what is decided by hand."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from partners.importing.domain.preview import lock_idle, preview_import
from partners.importing.exceptions import ImportRefused
from partners.importing.imports.fields import guess
from partners.models import Person, TableImport
from stemnet.tables.reading import Table

State = TableImport.State


def bring(table: Table, *, kind: str, name: str, by: Person, at: datetime) -> TableImport:
    """Keep the rows of a file, its columns matched as in the last file with the same, else as guessed.

    Raises ImportRefused for one without rows.
    """
    if not table.rows:
        raise ImportRefused(sentence=_("There are no rows below the column names."))
    last = TableImport.objects.filter(kind=kind, header=table.header).exclude(columns={}).first()
    return TableImport.objects.create(
        kind=kind,
        file_name=name[-200:],
        header=table.header,
        rows=[[row.line, row.cells] for row in table.rows],
        number=len(table.rows),
        columns=last.columns if last else guess(kind, table.header),
        defaults=last.defaults if last else {},
        by=by,
        at=at,
    )


@transaction.atomic
def match(imported: TableImport, *, columns: Mapping[str, str], defaults: Mapping[str, str]) -> TableImport:
    """Keep which column is which, and look at every row."""
    imported = _hold(imported)
    imported.columns, imported.defaults, imported.answers = dict(columns), dict(defaults), {}
    imported.state = State.CHECKED
    return preview_import(imported)


@transaction.atomic
def answer_rows(imported: TableImport, *, answers: Mapping[str, Mapping[str, str]]) -> TableImport:
    """Keep what was decided by hand, by line and question, and look at every row again; empty takes back."""
    imported = _hold(imported)
    for line, given in answers.items():
        kept = {**imported.answers.get(line, {}), **given}
        imported.answers[line] = {key: value for key, value in kept.items() if value}
    return preview_import(imported)


def answer_all(imported: TableImport, *, value: str) -> TableImport:
    """Give one answer to every question that is open and has it among its options."""
    open_questions = [
        (str(row["line"]), question["key"])
        for row in imported.decided
        for question in row["questions"]
        if value in [option for option, _label in question["options"]]
    ]
    answers: dict[str, dict[str, str]] = {}
    for line, key in open_questions:
        answers.setdefault(line, {})[key] = value
    return answer_rows(imported, answers=answers)


@transaction.atomic
def drop_import(imported: TableImport) -> None:
    """Forget a file that nobody wants to import."""
    _forget(_hold(imported))


def sweep_imports(*, at: datetime) -> int:
    """Forget the rows of files that were brought too long ago; return how many files."""
    old = TableImport.objects.held_too_long(at - timedelta(days=settings.IMPORT_KEPT_DAYS))
    keys = list(old.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            _forget(TableImport.objects.select_for_update().get(pk=key))
    return len(keys)


def _hold(imported: TableImport) -> TableImport:
    """Return the import, held and idle; what an earlier job said is over."""
    imported = lock_idle(imported)
    imported.job = None
    return imported


def _forget(imported: TableImport) -> None:
    imported.rows, imported.decided, imported.answers = [], [], {}
    if imported.state != State.APPLIED:
        imported.state = State.FORGOTTEN
    imported.save()
