"""Totals and answers as sheets, for the one safe writer."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from registrations.asking.domain.reading import PersonAnswers
from registrations.asking.domain.totals import Total, Totals
from registrations.models import Question, QuestionVersion
from stemnet import wording
from stemnet.tables.writing import Cell, Row, Sheet


def totals_sheet(totals: Totals) -> Sheet:
    """Return the totals of one meeting, a row an answer."""
    return Sheet(
        title=_("Totals"),
        header=[_("Question"), _("Answer"), _("People")],
        rows=_total_rows(totals),
        widths=[50, 40, 12],
    )


def _total_rows(totals: Totals) -> Iterable[Row]:
    meeting = totals.meeting
    yield [str(meeting), wording.day(meeting.on), None]
    yield [_("People expected in the room"), "", totals.people]
    for total in totals.totals:
        for words, number in total.lines:
            yield [total.label, words, number]
        yield from _rest(total)


def _rest(total: Total) -> Iterable[Row]:
    if total.summed:
        yield [total.label, _("Sum: %(sum)s") % {"sum": total.summed}, None]
    yield [total.label, _("Left empty"), total.empty]
    yield [total.label, total.open_words, total.open]


def answers_sheet(people: Iterable[PersonAnswers], versions: Sequence[QuestionVersion]) -> Sheet:
    """Return the answers, a row a person and a column a question."""
    return Sheet(
        title=_("Answers"),
        header=[_("Last name"), _("First name"), *(version.label for version in versions)],
        rows=(_person_row(one) for one in people),
        widths=[24, 24, *(30 for _version in versions)],
    )


def _person_row(one: PersonAnswers) -> Row:
    person = one.registration.person
    cells = [cell_of(answer.question.kind, answer.value) if answer else None for answer in one.answers]
    return [person.last_name, person.first_name, *cells]


def cell_of(kind: str, value: Any) -> Cell:
    """Return an answer as a cell."""
    if kind == Question.Kind.AGREEMENT:
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return None if value is None else str(value)
