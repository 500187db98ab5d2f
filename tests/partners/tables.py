"""Tables for tests of importing: brought, looked at, imported."""

import io

from partners.importing.domain import importing
from partners.importing.domain.applying import apply
from partners.importing.domain.preview import look_at_rows
from stemnet.tables.reading import read_table
from tests.factories import NOW, a_coordinator


def brought(content, *, kind="organizations", by=None, name="list.csv"):
    """A file that was just brought."""
    data = content if isinstance(content, bytes) else content.encode()
    return importing.bring(
        read_table(io.BytesIO(data)), kind=kind, name=name, by=by or a_coordinator(), at=NOW
    )


def looked_at(content, *, defaults=None, **given):
    """A file whose rows were looked at, with the columns as they were guessed."""
    table = brought(content, **given)
    return matched(table, columns=table.columns, defaults=defaults)


def matched(table, *, columns, defaults=None):
    """A file whose rows were looked at, with these columns."""
    return look_at_rows(importing.keep_columns(table, columns=columns, defaults=defaults or {}))


def answered(table, *, answers):
    """A file whose rows were looked at again, with what was decided by hand."""
    return look_at_rows(importing.keep_answers(table, answers=answers))


def answered_all(table, *, value):
    """A file whose rows were looked at again, with one answer to every question that has it."""
    return answered(table, answers=importing.to_all(table, value=value))


def imported(table, *, leave_out=False, by=None, at=NOW):
    """A file that was looked at, imported."""
    return apply(table, seen=table.looks, leave_out=leave_out, by=by or table.by, at=at)


def row(table, line=2):
    """What becomes of one line."""
    return next(decided for decided in table.decided if decided["line"] == line)


def what(table):
    """What becomes of each row, in order."""
    return [decided["what"] for decided in table.decided]


def changes(table, line=2):
    """What changes by one line."""
    return [tuple(change) for change in row(table, line)["changes"]]


def options(table, line=2):
    """What can be answered to the questions of one line, without leaving it out."""
    return [
        [value for value, _label in question["options"] if value != "out"]
        for question in row(table, line)["questions"]
    ]
