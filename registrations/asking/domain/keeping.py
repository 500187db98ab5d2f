"""Deleting answers whose time is over, with a log that they were (docs/rules.md 4.11, 11.2)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from meetings.models import Network
from partners.models import Sweep, local_day
from registrations.asking.domain.question_log import What, note
from registrations.models import Answer, Question, Registration
from registrations.seats.domain import answering, questions, seats
from stemnet.retention.holds import held
from stemnet.retention.registry import free_of

Status = Registration.Status
SWEEP = Sweep("answers")
COVERS = {"person": "registration__person__uid", "network": "question__network__slug"}
GONE = (Status.WITHDRAWN, Status.REMOVED, Status.TRANSFERRED, Status.MOVED)


def forget_answers(*, at: datetime) -> int:
    """Delete answers that are kept no longer, and needs of people who left; return how many."""
    return sum(_forget(question, what, which, at=at) for question, what, which in over(at=at))


def over(*, at: datetime) -> Iterator[tuple[Question, What, Q]]:
    """Yield each question whose answers are kept no longer, why, and which of them."""
    kept = Question.objects.exclude(kept_days=None).filter(pk__in=Answer.objects.values("question"))
    rows = list(kept.select_related("network"))
    days = questions.last_days(one.network for one in rows)
    for question in rows:
        if is_over(question, days[question.network_id], at=at):
            yield question, What.FORGOTTEN, Q()
        elif question.is_sensitive:
            yield question, What.LEFT, Q(registration__status__in=GONE)


def is_over(question: Question, last_day: date | None, *, at: datetime) -> bool:
    """Return whether the answers are kept no longer: their days are over, or all is called off."""
    network = question.network
    if network.status == Network.Status.CANCELLED and question.is_sensitive:
        return True
    until = questions.forget_on(question, last_day)
    return until is not None and local_day(at, network.zone) >= until


@transaction.atomic
def _forget(question: Question, what: What, which: Q, *, at: datetime) -> int:
    """Delete the answers to one question, in one transaction with the row of the log."""
    answers = free_of(Answer.objects.filter(which, question=question), COVERS, held(at))
    if not answers.exists():
        return 0
    seats.lock_network(question.network)
    rows = list(answers)
    if rows:
        note(question.network_id, what, question=question, number=answering.delete(rows), by=SWEEP, at=at)
    return len(rows)
