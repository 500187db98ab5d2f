"""The published results of an evaluation as sheets: what the page shows, under the same suppression."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from registrations.evaluation.domain.evaluation_results import Results
from registrations.evaluation.pages.results import YearLine
from stemnet.tables.writing import Cell, Sheet

VALUES = range(11)


def sheets(results: Results, years: Sequence[str] = (), lines: Sequence[YearLine] = ()) -> dict[str, Sheet]:
    """Return the parts by name: answers, choices, groups, comments, and years where some can be compared."""
    parts = {
        "answers": Sheet(
            _("Answers"),
            [_("No."), _("Question"), _("Answered"), _("Mean"), *map(str, VALUES)],
            answers(results),
            [6, 60, 12, 10],
        ),
        "choices": Sheet(
            _("Choices"),
            [_("No."), _("Question"), _("Choice"), _("People"), _("Answered")],
            choices(results),
            [6, 60, 40, 12, 12],
        ),
        "groups": Sheet(
            _("Groups"),
            [_("Asked about"), _("Group"), _("People"), _("No."), _("Question"), _("Mean")],
            groups(results),
            [26, 26, 16, 6, 60, 16],
        ),
        "comments": Sheet(
            _("Comments"),
            [_("No."), _("Question"), _("In random order")],
            comments(results),
            [6, 50, 90],
        ),
    }
    if lines:
        parts["years"] = Sheet(
            _("Over time"), [_("Question"), *years], over_time(lines), [60, *(14 for _year in years)]
        )
    return parts


def few() -> str:
    """Return the words for a number that is not shown."""
    return _("fewer than %(minimum)s") % {"minimum": settings.EVALUATION_MINIMUM_ANSWERS}


def answers(results: Results) -> Iterator[list[Cell]]:
    """Give a row a question on a scale: how many answered, their mean, how often each number was given."""
    for scale in results.scales:
        counts = {bar.value: bar.count for bar in scale.bars}
        number = scale.question.number
        if scale.mean is None:
            yield [number, scale.label, few(), None, *(None for _value in VALUES)]
        else:
            each = (counts.get(value) for value in VALUES)
            yield [number, scale.label, scale.answered, scale.mean, *each]


def choices(results: Results) -> Iterator[list[Cell]]:
    """Give a row a choice: how many made it, or the words that it is not shown."""
    for one in results.choices:
        question = one.question
        if not one.bars:
            yield [question.number, question.text, None, None, few()]
        for bar in one.bars:
            people = _("not shown") if bar.count is None else bar.count
            yield [question.number, question.text, bar.label, people, one.answered]


def over_time(lines: Sequence[YearLine]) -> Iterator[list[Cell]]:
    """Give a row a question with its mean in each year."""
    for line in lines:
        yield [line.label, *line.means]


def groups(results: Results) -> Iterator[list[Cell]]:
    """Give a row a group and question, with its mean or the words that it is not shown."""
    for breakdown in results.breakdowns:
        for question, means in breakdown.rows:
            for group, mean in zip(breakdown.groups, means, strict=True):
                people = _("not shown") if group.people is None else group.people
                shown = _("not shown") if mean is None else mean
                yield [breakdown.question.text, group.name, people, question.number, question.text, shown]


def comments(results: Results) -> Iterator[list[Cell]]:
    """Give a row an answer in words."""
    for words in results.words:
        for written in words.answers:
            yield [words.question.number, words.question.text, written]
