"""What the answers of a closed evaluation say together; never a row of one person's answers.

See docs/rules.md 10.3.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.evaluation.domain.suppressing import cells_to_show
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.models import Evaluation, EvaluationQuestion

Kind = EvaluationQuestion.Kind
WORDS_FOR = {
    (Kind.AGREE, 5): gettext_lazy("Strongly agree"),
    (Kind.AGREE, 4): gettext_lazy("Agree"),
    (Kind.AGREE, 3): gettext_lazy("Neither"),
    (Kind.AGREE, 2): gettext_lazy("Disagree"),
    (Kind.AGREE, 1): gettext_lazy("Strongly disagree"),
}
VALUES = {Kind.AGREE: range(5, 0, -1), Kind.RATING: range(5, 0, -1), Kind.RECOMMEND: range(10, -1, -1)}
Answers = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """How many gave one answer, and the words of that answer."""

    value: int
    count: int
    label: str


@dataclass(frozen=True)
class Scale:
    """One question answered on a scale; ``mean`` is None and ``bars`` empty under the minimum."""

    question: EvaluationQuestion
    answered: int
    mean: Decimal | None
    bars: list[Bar]


@dataclass(frozen=True)
class Words:
    """One question answered in words: the answers in an order of no meaning, new each time."""

    question: EvaluationQuestion
    answers: list[str]


@dataclass(frozen=True)
class Group:
    """Those who gave one answer about themselves; ``people`` is None where they are too few to be shown."""

    name: str
    people: int | None
    said: bool


@dataclass(frozen=True)
class Breakdown:
    """The means of every scale by the groups of one question; None where too few answered."""

    question: EvaluationQuestion
    groups: list[Group]
    rows: list[tuple[EvaluationQuestion, list[Decimal | None]]]

    @property
    def shown(self) -> list[Group]:
        """Return the groups that are large enough; none where only those are who did not say."""
        large = [group for group in self.groups if group.people is not None]
        return large if any(group.said for group in large) else []

    @property
    def hidden(self) -> list[str]:
        """Return the names of the groups that are not."""
        return [group.name for group in self.groups if group.people is None]

    @property
    def lines(self) -> list[tuple[EvaluationQuestion, list[tuple[Group, Decimal | None]]]]:
        """Return for each question the groups that are large enough, each with its mean."""
        return [
            (question, [pair for pair in zip(self.groups, means, strict=True) if pair[0].people is not None])
            for question, means in self.rows
        ]


@dataclass(frozen=True)
class Results:
    """Everything that is ever shown of an evaluation's answers."""

    people: int
    scales: list[Scale]
    words: list[Words]
    breakdowns: list[Breakdown]


def results_of(evaluation: Evaluation) -> Results:
    """Return the results of a published evaluation, else raise EvaluationRefused."""
    if evaluation.published_at is None:
        raise EvaluationRefused(sentence=_("The results aren't published yet."))
    answers: list[Answers] = list(evaluation.responses.values_list("answers", flat=True))
    questions = list(evaluation.questions.all())
    scales = [question for question in questions if question.kind in VALUES]
    return Results(
        people=len(answers),
        scales=[scale_of(question, answers) for question in scales],
        words=[shuffled_words(question, answers) for question in questions if question.kind == Kind.WORDS],
        breakdowns=[
            breakdown_of(question, scales, answers) for question in questions if question.kind == Kind.CHOICE
        ],
    )


def numbers(question: EvaluationQuestion, answers: Sequence[Answers]) -> list[int]:
    """Return the numbers given to a question, without those to whom it does not apply."""
    given = (each.get(str(question.number)) for each in answers)
    return [value for value in given if isinstance(value, int)]


def scale_of(question: EvaluationQuestion, answers: Sequence[Answers]) -> Scale:
    """Return the mean of a question and how often each answer was given."""
    given = numbers(question, answers)
    if len(given) < settings.EVALUATION_MINIMUM_ANSWERS:
        return Scale(question, len(given), None, [])
    kind = Kind(question.kind)
    bars = [
        Bar(value, given.count(value), str(WORDS_FOR.get((kind, value), value))) for value in VALUES[kind]
    ]
    return Scale(question, len(given), mean(given), bars)


def shuffled_words(question: EvaluationQuestion, answers: Sequence[Answers]) -> Words:
    """Return what was written, shuffled for each question, so that no two answers stand as one person's."""
    written = [str(each[str(question.number)]) for each in answers if each.get(str(question.number))]
    random.SystemRandom().shuffle(written)
    return Words(question, written)


def breakdown_of(
    question: EvaluationQuestion, scales: Sequence[EvaluationQuestion], answers: Sequence[Answers]
) -> Breakdown:
    """Return the means by group; a group, or an answer within one, under the minimum is not shown."""
    members: dict[str, list[Answers]] = {name: [] for name in [*question.choices, ""]}
    for each in answers:
        members.setdefault(str(each.get(str(question.number), "")), []).append(each)
    sizes = [len(group) for group in members.values()]
    visible = cells_to_show(sizes, minimum=settings.EVALUATION_MINIMUM_ANSWERS)
    groups = [
        Group(name or _("Not given"), size if is_shown else None, bool(name))
        for name, size, is_shown in zip(members, sizes, visible, strict=True)
    ]
    rows = [
        (scale, means([numbers(scale, group) for group in members.values()], visible)) for scale in scales
    ]
    return Breakdown(question, groups, rows)


def means(cells: Sequence[list[int]], visible: Sequence[bool]) -> list[Decimal | None]:
    """Return the mean of each cell, None where it or its group is too small to be shown."""
    counts = [len(cell) for cell in cells]
    enough = cells_to_show(counts, minimum=settings.EVALUATION_MINIMUM_ANSWERS, among=visible)
    return [mean(cell) if is_shown else None for cell, is_shown in zip(cells, enough, strict=True)]


def mean(given: Sequence[int]) -> Decimal:
    """Return the mean with one decimal."""
    return (Decimal(sum(given)) / len(given)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
