"""Which questions are asked of somebody: those without a condition, and those whose condition holds.

Pure functions of wordings in their order and of values by the key of a question (`Answer.value`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from registrations.models import Question, QuestionVersion

Values = Mapping[int, Any]


def is_empty(value: Any) -> bool:
    """Return whether somebody left it empty; a box that was not checked is empty, zero is not."""
    return value is None or value is False or value in ("", [])


def matches(value: Any, wanted: Sequence[str]) -> bool:
    """Return whether a value is one of ``wanted`` or has one of them; any answer where nothing is wanted."""
    if is_empty(value):
        return False
    if not wanted or value is True:
        return True
    given = value if isinstance(value, list) else [value]
    return any(one in wanted for one in given)


def shown(versions: Sequence[QuestionVersion], values: Values) -> list[QuestionVersion]:
    """Return those of ``versions``, in their order, that are asked of who gave ``values``.

    What depends on a question that is not shown is not shown either; one that is not among ``versions``
    counts by its value alone.
    """
    here = {version.question_id for version in versions}
    asked: dict[int, QuestionVersion] = {}
    for version in versions:
        if _holds(version.question, values, here=here, asked=asked):
            asked[version.question_id] = version
    return list(asked.values())


def _holds(question: Question, values: Values, *, here: set[int], asked: Mapping[int, Any]) -> bool:
    """Return whether the condition of a question holds, or there is none."""
    parent = question.depends_on_id
    if parent is None:
        return True
    if parent in here and parent not in asked:
        return False
    return matches(values.get(parent), question.depends_values)
