"""Asking people to answer the network evaluation: on the day, then 3, 7 and 14 days after, until it is done.

Each person's days count from when they became asked, so that a late mark starts a schedule of its own.
This mail goes late rather than never; after an outage one mail makes up for all that were due.
"""

from datetime import datetime, timedelta

from django.db import models, transaction

from partners.models import Person, PersonEmail, is_night
from registrations.evaluation import emails as letters
from registrations.evaluation.domain.evaluating import asked
from registrations.models import Evaluation, EvaluationRequest
from stemnet.outbox.queueing import prepare_many, put

DAYS = (0, 3, 7, 14)
APART = timedelta(days=2)
AGAIN_AFTER = timedelta(days=1)
BATCH = 200


def sweep_evaluations(*, at: datetime) -> int:
    """Ask whoever has become due, and send every invitation that is due, by day; return how many mails."""
    if is_night(at):
        return 0
    ask(at=at)
    sent = 0
    while batch := list(due(at)[:BATCH]):
        mailed = invite(batch, at=at)
        if not mailed:
            break
        sent += mailed
    return sent


def ask(*, at: datetime) -> int:
    """Write a request for everyone who attended a network whose evaluation is open and has none yet."""
    new = asked().filter(evaluation_request__isnull=True, evaluation_completions__isnull=True)
    rows = [
        EvaluationRequest(evaluation_id=evaluation, registration_id=registration, asked_at=at)
        for registration, evaluation in new.values_list("pk", "network__evaluation")
    ]
    EvaluationRequest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def outstanding() -> models.QuerySet[EvaluationRequest]:
    """Return the requests of people who attended, did not answer, and can be reached by mail."""
    return EvaluationRequest.objects.filter(
        registration__in=asked().filter(evaluation_completions__isnull=True).values("pk"),
        registration__person__in=PersonEmail.objects.values("person"),
        evaluation__network__asks_evaluation=True,
    )


def due(at: datetime) -> models.QuerySet[EvaluationRequest]:
    """Return the requests whose next mail is due at ``at``, those asked first first."""
    steps = [models.Q(step=step, asked_at__lte=at - timedelta(days=days)) for step, days in enumerate(DAYS)]
    return with_people(
        outstanding()
        .filter(models.Q(*steps, _connector=models.Q.OR))
        .filter(models.Q(mailed_at__isnull=True) | models.Q(mailed_at__lte=at - APART))
    )


def invite(requests: list[EvaluationRequest], *, at: datetime) -> int:
    """Send one mail for each request and note the step; 0 where another sweep was faster."""
    mails = prepare_many(
        (
            letters.invitation(request, key=f"evaluation:{request.registration.uid}:{request.mails}")
            for request in requests
        ),
        at=at,
    )
    held = {request.pk: request.mails for request in requests}
    with transaction.atomic():
        rows = EvaluationRequest.objects.select_for_update().filter(pk__in=held).order_by("pk")
        if dict(rows.values_list("pk", "mails")) != held:
            return 0
        for request in requests:
            request.step = max(request.step, step_at(request, at))
            request.mails, request.mailed_at = request.mails + 1, at
        EvaluationRequest.objects.bulk_update(requests, ["step", "mails", "mailed_at"])
        put(mails, at=at)
    return len(mails)


def step_at(request: EvaluationRequest, at: datetime) -> int:
    """Return how many steps of the schedule lie behind at ``at``."""
    return sum(request.asked_at + timedelta(days=days) <= at for days in DAYS)


def remind_again(*, evaluation: Evaluation, at: datetime) -> int:
    """Ask everyone who has not answered once more, but nobody twice a day; return how many."""
    ask(at=at)
    requests = with_people(
        outstanding()
        .filter(evaluation=evaluation)
        .filter(models.Q(mailed_at__isnull=True) | models.Q(mailed_at__lte=at - AGAIN_AFTER))
    )
    return invite(list(requests), at=at)


def with_people(requests: models.QuerySet[EvaluationRequest]) -> models.QuerySet[EvaluationRequest]:
    """Return the requests with all that their mail says, those asked first first."""
    people = models.Prefetch("registration__person", Person.objects.prefetch_related("emails"))
    return (
        requests.select_related("evaluation__network", "registration")
        .prefetch_related(people)
        .order_by("asked_at", "pk")
    )
