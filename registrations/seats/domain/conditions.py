"""Which questions are asked of somebody: those without a condition, and those whose condition holds.

Pure functions of questions in their order and of values by the key of a question, such as `Answer.value`; a
network's own questions and those of its evaluation are asked by the same ones.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from registrations.models import QuestionVersion

Key = TypeVar("Key", bound=Hashable)
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


@dataclass(frozen=True)
class Condition(Generic[Key]):
    """Of one question: its key, that of the one it depends on, and after which answers it is asked."""

    key: Key
    parent: Key | None
    wanted: Sequence[str]


def holding(conditions: Sequence[Condition[Key]], values: Mapping[Key, Any]) -> set[Key]:
    """Return the keys of those questions, given in their order, that are asked of who gave ``values``.

    What depends on a question that is not asked is not asked either; one that is not among them counts by
    its value alone.
    """
    here = {condition.key for condition in conditions}
    asked: set[Key] = set()
    for one in conditions:
        if one.parent is None or (
            (one.parent not in here or one.parent in asked) and matches(values.get(one.parent), one.wanted)
        ):
            asked.add(one.key)
    return asked


def shown(versions: Sequence[QuestionVersion], values: Values) -> list[QuestionVersion]:
    """Return those of ``versions``, in their order, that are asked of who gave ``values``."""
    asked = holding(
        [
            Condition(one.question_id, one.question.depends_on_id, one.question.depends_values)
            for one in versions
        ],
        values,
    )
    return [version for version in versions if version.question_id in asked]
