"""The published results of an evaluation as sheets: what the page shows, under the same suppression."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from registrations.evaluation.domain.evaluation_results import Results
from stemnet.tables.writing import Cell, Sheet

VALUES = range(11)


def sheets(results: Results) -> dict[str, Sheet]:
    """Return the parts by name: answers, groups, comments."""
    return {
        "answers": Sheet(
            _("Answers"),
            [_("No."), _("Question"), _("Answered"), _("Mean"), *map(str, VALUES)],
            answers(results),
            [6, 60, 12, 10],
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


def few() -> str:
    """Return the words for a number that is not shown."""
    return _("fewer than %(minimum)s") % {"minimum": settings.EVALUATION_MINIMUM_ANSWERS}


def answers(results: Results) -> Iterator[list[Cell]]:
    """Give a row a question: how many answered, their mean, and how often each number was given."""
    for scale in results.scales:
        counts = {bar.value: bar.count for bar in scale.bars}
        question = scale.question
        if scale.mean is None:
            yield [question.number, question.text, few(), None, *(None for _value in VALUES)]
        else:
            yield [
                question.number,
                question.text,
                scale.answered,
                scale.mean,
                *(counts.get(value) for value in VALUES),
            ]


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
