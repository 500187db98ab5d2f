"""Answers to evaluations in words: they go when their years are over.

Ratings and choices stay, as results count them (docs/rules.md 10.2, 11.2).
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from registrations.models import (
    Evaluation,
    EvaluationBox,
    EvaluationQuestion,
    EvaluationResponse,
    Registration,
)

BATCH = 500


def with_words(before: datetime) -> QuerySet[Evaluation]:
    """Return the evaluations that closed before a moment, whose answers in words are still there."""
    return Evaluation.objects.filter(closed_at__lt=before, words_deleted=False)


def of_people(uids: Collection[str]) -> Q:
    """Return the condition that somebody on hold is registered in the network: answers are nobody's."""
    theirs = Registration.objects.filter(person__uid__in=list(uids))
    return Q(network__in=theirs.values("network"))


def remove(evaluations: QuerySet[Evaluation]) -> int:
    """Delete their answers in words, and those that were too few to be shown; return how many evaluations."""
    found = list(evaluations)
    for evaluation in found:
        asked = EvaluationQuestion.objects.filter(
            questionnaire=evaluation.questionnaire_id, kind=EvaluationQuestion.Kind.WORDS
        )
        _empty(evaluation, set(asked.values_list("code", flat=True)))
    keys = [one.pk for one in found]
    EvaluationBox.objects.filter(evaluation__in=keys).delete()
    return Evaluation.objects.filter(pk__in=keys).update(words_deleted=True)


def _empty(evaluation: Evaluation, codes: set[str]) -> None:
    changed = []
    for response in evaluation.responses.all():
        if codes & response.answers.keys():
            response.answers = {code: said for code, said in response.answers.items() if code not in codes}
            changed.append(response)
    EvaluationResponse.objects.bulk_update(changed, ["answers"], batch_size=BATCH)
