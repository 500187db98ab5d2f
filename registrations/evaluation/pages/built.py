"""What the page shows on which an evaluation's questions are set up; as many queries for one as for forty."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from meetings.models import Network
from registrations.evaluation.domain import questionnaires
from registrations.evaluation.domain.questions import PRESETS
from registrations.evaluation.forms.answering import condition_words
from registrations.models import Evaluation, EvaluationQuestion, Questionnaire


@dataclass(frozen=True)
class QuestionRow:
    """One question of the list, and when it is asked."""

    question: EvaluationQuestion
    condition: str
    is_first: bool
    is_last: bool

    @property
    def answers(self) -> list[str]:
        """Return what people choose from, or say how far they agree with."""
        return [*self.question.choices, *self.question.rows]


def built_context(network: Network, purpose: str) -> dict[str, Any]:
    """Return the questions by section, what one can begin with, and whether people are asked older ones."""
    questionnaire = questionnaires.questionnaire_of(network, purpose)
    before = questionnaires.last_year(network, purpose)
    if questionnaire is None:
        questions = questionnaires.would_ask(network, purpose)
    else:
        questions = questionnaires.newest(questionnaire)
    return {
        "network": network,
        "purpose": purpose,
        "is_pulse": purpose == Questionnaire.Purpose.PULSE,
        "questionnaire": questionnaire,
        "from_last_year": questionnaire is None and before is not None,
        "sections": sections_of(questions),
        "number": len(questions),
        "beginnings": beginnings(network, purpose, before),
        "older": asked_older(questionnaire) if questionnaire else [],
    }


def sections_of(questions: list[EvaluationQuestion]) -> list[tuple[str, list[QuestionRow]]]:
    """Return the questions by section, in their order."""
    known = {question.code: question for question in questions}
    rows = [
        QuestionRow(
            question,
            condition_words(question, known.get(question.depends_on)),
            question is questions[0],
            question is questions[-1],
        )
        for question in questions
    ]
    return [(title, list(group)) for title, group in groupby(rows, key=lambda row: row.question.section)]


def beginnings(network: Network, purpose: str, before: Questionnaire | None) -> list[tuple[str, Any]]:
    """Return what one can begin with: last year's, each preset, nothing; name and words."""
    presets = PRESETS[Questionnaire.Purpose(purpose)]
    found: list[tuple[str, Any]] = [(name, words) for name, (words, _make) in presets.items()]
    if before is not None and network.cloned_from is not None:
        words = _("Last year's questions, of %(network)s") % {"network": network.cloned_from}
        found.insert(0, (questionnaires.LAST_YEAR, words))
    return [*found, (questionnaires.NOTHING, _("No questions"))]


def asked_older(questionnaire: Questionnaire) -> list[Evaluation]:
    """Return the evaluations that are open and ask an older version."""
    open_ones = Evaluation.objects.filter(questionnaire=questionnaire, closed_at=None)
    older = open_ones.exclude(version=questionnaire.version)
    return list(older.select_related("network", "meeting__network").order_by("pk"))
