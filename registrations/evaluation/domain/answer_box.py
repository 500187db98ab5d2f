"""The box that answers lie in while an evaluation is open (docs/rules.md 10.2).

One sealed value an evaluation, which each answer writes anew: no rows, so no order, ids or moments, and no
old version of a row or copy of the database tells an answer without the installation's secret. With the
secret it holds the answers in an order of no meaning. Its size only ever doubles, so that it does not tell
how much somebody wrote. Who calls holds the evaluation's row.
"""

import json
import random
from typing import Any

import structlog

from registrations.evaluation.exceptions import BoxStuck
from registrations.models import Evaluation, EvaluationBox
from stemnet.sealing import SealedElsewhere, seal, unseal

PURPOSE = "evaluation"
SMALLEST = 64 * 1024
Answers = dict[str, Any]
log = structlog.get_logger(__name__)


def fill(evaluation: Evaluation, answers: list[Answers]) -> None:
    """Seal exactly these answers, in random order."""
    random.SystemRandom().shuffle(answers)
    sealed = seal(padded(json.dumps(answers).encode()), purpose=PURPOSE)
    EvaluationBox.objects.update_or_create(evaluation=evaluation, defaults={"sealed": sealed})


def answers_in(evaluation: Evaluation) -> list[Answers]:
    """Return the answers in the box of ``evaluation``, in no order; none where it has no box.

    Raises BoxStuck where it was sealed with a secret that the installation has no more.
    """
    sealed = EvaluationBox.objects.filter(evaluation=evaluation).values_list("sealed", flat=True).first()
    if sealed is None:
        return []
    try:
        plain = unseal(bytes(sealed), purpose=PURPOSE)
    except SealedElsewhere as unknown:
        log.error("evaluation.box_stuck", network=str(evaluation.network))
        raise BoxStuck from unknown
    answers: list[Answers] = json.loads(plain)
    return answers


def padded(plain: bytes) -> bytes:
    """Return JSON with spaces after it, so that it is as long as the smallest box, or 2, 4, 8 … of them."""
    size = SMALLEST
    while size < len(plain):
        size *= 2
    return plain.ljust(size)
