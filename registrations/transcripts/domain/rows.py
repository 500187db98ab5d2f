"""The rows of a transcript for other programs: a row a line, those that are planned last."""

from collections.abc import Iterator
from fractions import Fraction

from registrations.credit.domain.category_columns import minutes_by_label
from registrations.credit.domain.rounding import decimal_down
from registrations.credit.domain.snapshots import address_of
from registrations.transcripts.domain.figures import Figures, Line, Status, today_of
from stemnet.tables.writing import Cell, Row


def rows_of(figures: Figures) -> Iterator[Row]:
    """Give the rows, as `TRANSCRIPT_HEADER` names their columns."""
    for line in [*figures.lines, *figures.planned]:
        yield list(_cells(line, figures))


def _cells(line: Line, figures: Figures) -> Iterator[Cell]:
    planned = line.status == Status.PLANNED
    provider, document = (line.provider if line.says_units else None), line.document
    yield line.key
    yield line.status.value
    yield figures.person.printed_name
    yield provider.name if provider else ""
    yield provider.number if provider else ""
    yield provider.jurisdiction if provider else ""
    yield line.offering
    yield line.network
    yield line.group
    yield line.topic
    yield ";".join(code for code in line.categories if code)
    yield line.year
    yield line.first
    yield line.last
    yield line.last if not planned and line.last <= today_of(figures) else None
    yield _each(one.place for one in line.sessions)
    yield _each(one.modality for one in line.sessions)
    yield 0 if planned else len(line.sessions)
    yield line.held
    yield line.attended
    yield 0 if planned else line.minutes
    yield decimal_down(Fraction(0 if planned else line.minutes, 60))
    yield decimal_down(line.units) if line.says_units else None
    yield line.rule.unit_label if line.says_units else ""
    yield line.version
    yield from minutes_by_label(line.categories, counted=line.minutes).values()
    yield document.number if document else ""
    yield address_of(document.code) if document else ""


def _each(words: Iterator[str]) -> str:
    """Return each of ``words`` once, in order."""
    return "; ".join(dict.fromkeys(filter(None, words)))
