"""The last day of an evaluation, after which it closes by itself; staff may move it (docs/rules.md 10.1)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor, Sweep, local_day
from registrations.evaluation.domain.evaluating import close, lock
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.models import Evaluation
from stemnet import wording

SWEEP = Sweep("evaluation's last day")
LONGEST = timedelta(days=365)


def close_those_over(*, at: datetime) -> int:
    """Close every evaluation whose last day is over in its network's zone; return how many.

    One that can't be closed stops no other one, and is tried again by the next sweep.
    """
    open_ones = Evaluation.objects.filter(closed_at__isnull=True).select_related("network")
    closed = 0
    for evaluation in open_ones:
        if evaluation.takes_answers(at):
            continue
        try:
            close(evaluation=evaluation, by=SWEEP, at=at)
        except EvaluationRefused:  # closed by hand meanwhile, or its box is stuck, which is in the log
            continue
        closed += 1
    return closed


@transaction.atomic
def keep_open_until(*, evaluation: Evaluation, day: date, by: Actor, at: datetime) -> None:
    """Take answers until the end of a later ``day``.

    Raises EvaluationRefused: closed, or not later than the last day that people were told of.
    """
    evaluation = lock(evaluation)
    if evaluation.closed_at:
        raise EvaluationRefused(sentence=_("This evaluation is already closed."))
    today = local_day(at, evaluation.network.zone)
    if day <= evaluation.last_day or day < today:
        raise EvaluationRefused(
            sentence=_("People were told that they can answer until %(day)s, so choose a later day.")
            % {"day": wording.day(evaluation.last_day)}
        )
    if day > today + LONGEST:
        raise EvaluationRefused(sentence=_("Choose a day within the next year."))
    evaluation.last_day = day
    evaluation.save(update_fields=["last_day"])
