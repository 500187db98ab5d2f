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

from registrations.evaluation.domain.scale_words import words_of
from registrations.evaluation.domain.separating import ALONE
from registrations.evaluation.domain.suppressing import cells_to_show
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.models import Evaluation, EvaluationQuestion, EvaluationResponse

Kind = EvaluationQuestion.Kind
VALUES = {
    Kind.AGREE: range(5, 0, -1),
    Kind.RATING: range(5, 0, -1),
    Kind.RECOMMEND: range(10, -1, -1),
    Kind.MATRIX: range(5, 0, -1),
}
Answers = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """How many gave one answer, and the words of that answer; ``count`` is None where it is not shown."""

    value: int | str
    count: int | None
    label: str


@dataclass(frozen=True)
class Scale:
    """One question answered on a scale; ``mean`` is None and ``bars`` empty under the minimum.

    ``row`` is the statement where it is one of a matrix.
    """

    question: EvaluationQuestion
    answered: int
    mean: Decimal | None
    bars: list[Bar]
    row: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return by what other years ask the same."""
        return self.question.code, self.question.kind, self.row, self.question.scale

    @property
    def label(self) -> str:
        """Return what was asked, in words."""
        return f"{self.question.text} {self.row}" if self.row else self.question.text


@dataclass(frozen=True)
class Choices:
    """One question with answers to choose from; ``bars`` are empty under the minimum."""

    question: EvaluationQuestion
    answered: int
    bars: list[Bar]


@dataclass(frozen=True)
class Matrix:
    """Several statements answered on one scale."""

    question: EvaluationQuestion
    rows: list[Scale]


@dataclass(frozen=True)
class Words:
    """One question answered in words: the answers in an order of no meaning, new each time.

    ``is_shown`` is False, and none are there, where only some were asked and too few of them wrote.
    """

    question: EvaluationQuestion
    answers: list[str]
    is_shown: bool = True


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


Part = Scale | Choices | Matrix | Words


@dataclass(frozen=True)
class Results:
    """Everything that is ever shown of an evaluation's answers; ``gone`` are codes not asked to the end."""

    people: int
    parts: list[Part]
    breakdowns: list[Breakdown]
    gone: frozenset[str] = frozenset()
    words_deleted: bool = False

    @property
    def scales(self) -> list[Scale]:
        """Return what was answered on scales, each statement of a matrix for itself."""
        return [
            scale
            for part in self.parts
            for scale in (part.rows if isinstance(part, Matrix) else [part])
            if isinstance(scale, Scale)
        ]

    @property
    def choices(self) -> list[Choices]:
        """Return what was chosen."""
        return [part for part in self.parts if isinstance(part, Choices)]

    @property
    def words(self) -> list[Words]:
        """Return what was answered in words."""
        return [part for part in self.parts if isinstance(part, Words)]


def results_of(evaluation: Evaluation) -> Results:
    """Return the results of a published evaluation, else raise EvaluationRefused; two queries."""
    if evaluation.published_at is None:
        raise EvaluationRefused(sentence=_("The results aren't published yet."))
    return results_of_many([evaluation])[evaluation.pk]


def results_of_many(evaluations: Sequence[Evaluation]) -> dict[int, Results]:
    """Return the results of published evaluations by their key; two queries for any number of them."""
    keys = [evaluation.pk for evaluation in evaluations if evaluation.published_at is not None]
    answers: dict[int, list[Answers]] = {key: [] for key in keys}
    responses = EvaluationResponse.objects.filter(evaluation__in=keys)
    for key, each in responses.values_list("evaluation", "answers"):
        answers[key].append(each)
    asked: dict[int, list[EvaluationQuestion]] = {}
    questionnaires = {evaluation.questionnaire_id for evaluation in evaluations}
    for question in EvaluationQuestion.objects.filter(questionnaire__in=questionnaires):
        asked.setdefault(question.questionnaire_id, []).append(question)
    return {
        evaluation.pk: _results(
            evaluation, asked.get(evaluation.questionnaire_id, []), answers[evaluation.pk]
        )
        for evaluation in evaluations
        if evaluation.pk in answers
    }


def _results(evaluation: Evaluation, asked: Sequence[EvaluationQuestion], answers: list[Answers]) -> Results:
    questions, gone = every_question(evaluation, asked)
    together = [each for each in answers if ALONE not in each]
    scales = [question for question in questions if question.kind in EvaluationQuestion.SCALES]
    return Results(
        people=evaluation.answered,
        parts=[part_of(question, answers, people=evaluation.answered) for question in questions],
        breakdowns=[breakdown_of(one, scales, together) for one in questions if one.splits],
        gone=gone,
        words_deleted=evaluation.words_deleted,
    )


def every_question(
    evaluation: Evaluation, asked: Sequence[EvaluationQuestion]
) -> tuple[list[EvaluationQuestion], frozenset[str]]:
    """Return the questions of every version that was asked, in their newest words, and those that went.

    Those that were not asked to the end come last.
    """
    here = [question for question in asked if question.version in evaluation.versions]
    newest: dict[str, EvaluationQuestion] = {}
    for question in sorted(here, key=lambda one: (-one.version, one.number)):
        newest.setdefault(question.code, question)
        if question.splits:  # what people were promised holds, also where a newer version promises less
            newest[question.code].splits = True
    gone = frozenset(code for code, one in newest.items() if one.version != evaluation.version)
    return list(newest.values()), gone


def part_of(question: EvaluationQuestion, answers: Sequence[Answers], *, people: int) -> Part:
    """Return the results of one question."""
    if question.kind == Kind.WORDS:
        return shuffled_words(question, answers)
    if question.kind in EvaluationQuestion.PICKED:
        return choices_of(question, answers, people=people)
    given = [each.get(question.code) for each in answers]
    if question.kind == Kind.MATRIX:
        by_row = [each for each in given if isinstance(each, dict)]
        rows = list(dict.fromkeys([*question.rows, *(row for each in by_row for row in each)]))
        return Matrix(
            question, [scale_of(question, [each.get(row) for each in by_row], row=row) for row in rows]
        )
    return scale_of(question, given)


def numbers(question: EvaluationQuestion, answers: Sequence[Answers]) -> list[int]:
    """Return the numbers given to a question, without those to whom it does not apply."""
    given = (each.get(question.code) for each in answers)
    return [value for value in given if isinstance(value, int)]


def scale_of(question: EvaluationQuestion, values: Sequence[Any], *, row: str = "") -> Scale:
    """Return the mean of a question and how often each answer was given."""
    given = [value for value in values if isinstance(value, int)]
    if len(given) < settings.EVALUATION_MINIMUM_ANSWERS:
        return Scale(question, len(given), None, [], row)
    kind = Kind(question.kind)
    words = words_of(question)
    bars = [Bar(value, given.count(value), str(words.get(value, value))) for value in VALUES[kind]]
    return Scale(question, len(given), mean(given), bars, row)


def choices_of(question: EvaluationQuestion, answers: Sequence[Answers], *, people: int) -> Choices:
    """Return how often each choice was made; of what says something about people, no small groups."""
    given = [value for each in answers if (value := each.get(question.code))]
    if len(given) < settings.EVALUATION_MINIMUM_ANSWERS:
        return Choices(question, len(given), [])
    picked = [one for value in given for one in (value if isinstance(value, list) else [value])]
    labels = list(dict.fromkeys([*question.choices, *picked]))
    counts = [picked.count(label) for label in labels]
    visible = [True] * len(labels)
    if question.splits:
        visible = groups_to_show(counts, silent=people - len(given))[:-1]
    bars = [
        Bar(label, count if is_shown else None, label)
        for label, count, is_shown in zip(labels, counts, visible, strict=True)
    ]
    return Choices(question, len(given), bars)


def groups_to_show(sizes: Sequence[int], *, silent: int) -> list[bool]:
    """Return which groups may be shown, those who said nothing last.

    How many answered the question is said, and so is how many answered at all. So no small group may follow
    from the sum of the groups, nor from that with those who said nothing.
    """
    minimum = settings.EVALUATION_MINIMUM_ANSWERS
    named, every = (cells_to_show(one, minimum=minimum) for one in (sizes, [*sizes, silent]))
    return [*(here and there for here, there in zip(named, every, strict=False)), every[-1]]


def shuffled_words(question: EvaluationQuestion, answers: Sequence[Answers]) -> Words:
    """Return what was written, shuffled for each question, so that no two answers stand as one person's.

    What only those were asked who gave a certain answer is shown from the minimum on.
    """
    written = [str(each[question.code]) for each in answers if each.get(question.code)]
    if question.depends_on and len(written) < settings.EVALUATION_MINIMUM_ANSWERS:
        return Words(question, [], is_shown=False)
    random.SystemRandom().shuffle(written)
    return Words(question, written)


def breakdown_of(
    question: EvaluationQuestion, scales: Sequence[EvaluationQuestion], answers: Sequence[Answers]
) -> Breakdown:
    """Return the means by group; a group, or an answer within one, under the minimum is not shown."""
    members: dict[str, list[Answers]] = {name: [] for name in [*question.choices, ""]}
    for each in answers:
        members.setdefault(str(each.get(question.code, "")), []).append(each)
    members[""] = members.pop("")  # last
    sizes = [len(group) for group in members.values()]
    visible = groups_to_show(sizes[:-1], silent=sizes[-1])
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
