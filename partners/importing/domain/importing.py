"""Bringing tables of organizations and people: which column is which, and what is decided by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import gettext as _

from partners.importing.domain.decisions import Answers
from partners.importing.domain.preview import lock_idle, start_look
from partners.importing.exceptions import ImportRefused
from partners.importing.imports.guessing import guess
from partners.importing.imports.recognized import Brought
from partners.models import Person, TableImport
from stemnet.models import Job
from stemnet.tables.reading import Table

State = TableImport.State


@transaction.atomic
def bring_all(tables: Sequence[Brought], *, name: str, by: Person, at: datetime) -> TableImport:
    """Keep the tables of one file, each after the one before it, and return the first.

    Raises ImportRefused for one without rows.
    """
    brought: list[TableImport] = []
    for one in tables:
        after = brought[-1] if brought else None
        brought.append(bring(one.table, kind=one.kind, name=name, by=by, at=at, known=one, after=after))
    return brought[0]


def bring(
    table: Table,
    *,
    kind: str,
    name: str,
    by: Person,
    at: datetime,
    known: Brought | None = None,
    after: TableImport | None = None,
) -> TableImport:
    """Keep the rows of a file, its columns as in the last file with the same, else as known or guessed.

    Raises ImportRefused for one without rows.
    """
    if not table.rows:
        raise ImportRefused(sentence=_("There are no rows below the column names."))
    source = known.source if known else TableImport.Source.TABLE
    same = TableImport.objects.filter(kind=kind, header=table.header, source=source)
    last = same.exclude(columns={}).first()
    columns = known.columns if known else {}
    return TableImport.objects.create(
        kind=kind,
        file_name=name[-200:],
        header=table.header,
        rows=[[row.line, row.cells] for row in table.rows],
        number=len(table.rows),
        columns=last.columns
        if last
        else columns or guess(kind, table.header, [row.cells for row in table.rows]),
        defaults=last.defaults if last else (known.defaults if known else {}),
        source=source,
        notes=known.notes if known else [],
        after=after,
        by=by,
        at=at,
    )


def start_match(
    imported: TableImport,
    *,
    columns: Mapping[str, str],
    defaults: Mapping[str, str],
    by: Person,
    at: datetime,
) -> Job | None:
    """Keep which column is which, and look at every row; of a long file by a job, which is returned."""
    return start_look(keep_columns(imported, columns=columns, defaults=defaults), by=by, at=at)


@transaction.atomic
def keep_columns(
    imported: TableImport, *, columns: Mapping[str, str], defaults: Mapping[str, str]
) -> TableImport:
    """Keep which column is which; what was seen of the rows is void."""
    imported = _hold(imported)
    imported.columns, imported.defaults, imported.answers = dict(columns), dict(defaults), {}
    imported.state, imported.decided, imported.counts = State.NEW, [], {}
    imported.save(
        update_fields=["columns", "defaults", "answers", "state", "decided", "counts", "job", "said"]
    )
    return imported


def start_answers(imported: TableImport, *, answers: Answers, by: Person, at: datetime) -> Job | None:
    """Keep what was decided by hand, and look at every row again; at those of a long file by a job.

    Answers are given by line and question; an empty one takes back what was answered. Returns the job.
    """
    return start_look(keep_answers(imported, answers=answers), by=by, at=at)


@transaction.atomic
def keep_answers(imported: TableImport, *, answers: Answers) -> TableImport:
    """Keep what was decided by hand."""
    imported = _hold(imported)
    for line, given in answers.items():
        kept = {**imported.answers.get(line, {}), **given}
        imported.answers[line] = {key: value for key, value in kept.items() if value}
    imported.save(update_fields=["answers", "job", "said"])
    return imported


def to_all(imported: TableImport, *, value: str) -> Answers:
    """Return one answer for every question that is open and has it among its options."""
    answers: dict[str, dict[str, str]] = {}
    for row in imported.decided:
        for question in row["questions"]:
            if value in [option for option, _label in question["options"]]:
                answers.setdefault(str(row["line"]), {})[question["key"]] = value
    return answers


@transaction.atomic
def drop_import(imported: TableImport) -> None:
    """Forget a file that nobody wants to import."""
    forget_rows(TableImport.objects.filter(pk=_hold(imported).pk))


def _hold(imported: TableImport) -> TableImport:
    """Return the import, held and idle; what an earlier job said is over."""
    imported = lock_idle(imported)
    imported.job, imported.said = None, imported.said + 1
    return imported


def forget_rows(imports: QuerySet[TableImport]) -> int:
    """Empty the rows without reading them, as a long table takes a while; return of how many files."""
    return imports.update(
        rows=[],
        decided=[],
        answers={},
        state=Case(When(state=State.APPLIED, then=F("state")), default=Value(State.FORGOTTEN)),
    )
