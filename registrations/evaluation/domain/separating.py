"""Taking from answers by which version of the questions they were given: late ones would stand out by it.

Pure functions. Who answered on which day is known, and so is the day from which another version was asked. A
version that few answered would tell whose their answers are, by a question that others never saw.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from registrations.models import EvaluationQuestion

VERSION = "version"
ALONE = "alone"
Answers = dict[str, Any]
Asked = Mapping[int, Mapping[str, Hashable]]


def shape_of(question: EvaluationQuestion) -> Hashable:
    """Return all of a question that can show in an answer by which version it was given."""
    parts = (question.choices, question.rows, question.depends_values)
    return (
        question.kind,
        question.scale,
        question.required,
        question.depends_on,
        *(tuple(part) for part in parts),
    )


def asked_of(questions: Iterable[EvaluationQuestion]) -> Asked:
    """Return the shapes of the questions by version and code."""
    asked: dict[int, dict[str, Hashable]] = defaultdict(dict)
    for question in questions:
        asked[question.version][question.code] = shape_of(question)
    return asked


def without_versions(entries: Sequence[Answers], asked: Asked, *, first: int, minimum: int) -> list[Answers]:
    """Return the answers as rows that do not tell which of the versions they belong to.

    An entry says its ``version`` where that is not the ``first``. Where at least ``minimum`` people answered
    each version, the answers of a person stay together. Else only those to questions that all were asked
    alike do; each other answer stands alone, and is marked so, where ``minimum`` people were asked the same,
    and goes otherwise.
    """
    groups: dict[int, list[Answers]] = defaultdict(list)
    for entry in entries:
        answers = {code: value for code, value in entry.items() if code != VERSION}
        groups[entry.get(VERSION, first)].append(answers)
    if len(groups) < 2 or all(len(group) >= minimum for group in groups.values()):
        return [answers for group in groups.values() for answers in group]
    shapes = [set(asked.get(version, {}).items()) for version in groups]
    alike = {code for code, _shape in set.intersection(*shapes)}
    rows = [  # in one order: that of the form would tell the version
        {code: answers[code] for code in sorted(alike) if code in answers}
        for group in groups.values()
        for answers in group
    ]
    for code, shape in set.union(*shapes):
        if code not in alike:
            here = [group for version, group in groups.items() if asked[version].get(code) == shape]
            given = [answers for group in here for answers in group]
            if len(given) >= minimum:
                rows += [{code: answers[code], ALONE: True} for answers in given if code in answers]
    return rows
