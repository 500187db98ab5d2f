"""Asking people to answer the network evaluation: on the day, then 3, 7 and 14 days after, until it is done.

Each person's days count from when they became asked, so that a late mark starts a schedule of its own.
This mail goes late rather than never; after an outage one mail makes up for all that were due.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import models, transaction

from partners.models import Person, PersonEmail, is_night
from registrations.evaluation import emails as letters
from registrations.evaluation.domain import asking_pulses, pulses
from registrations.evaluation.domain.evaluating import documents_wait, registrations_asked
from registrations.evaluation.domain.last_day import close_those_over
from registrations.models import CreditRule, Evaluation, EvaluationRequest
from stemnet.outbox.queueing import Letter, prepare_many, put

DAYS = (0, 3, 7, 14)
APART = timedelta(days=2)
AGAIN_AFTER = timedelta(days=1)
BATCH = 200


def sweep_evaluations(*, at: datetime) -> int:
    """Close what is over, open pulses, ask whoever has become due, and send every mail that is due, by day.

    Returns how many mails.
    """
    close_those_over(at=at)
    pulses.open_pulses(at=at)
    pulses.ask_who_was_there(at=at)
    if is_night(at):
        return 0
    ask_who_attended(at=at)
    sent = asking_pulses.mail_pulses(at=at)
    while batch := list(due(at)[:BATCH]):
        mailed = invite(batch, at=at)
        if not mailed:
            break
        sent += mailed
    return sent


def ask_who_attended(*, at: datetime) -> int:
    """Write a request for everyone who attended a network whose evaluation is open and has none yet."""
    new = registrations_asked().filter(evaluation_request__isnull=True, evaluation_completions__isnull=True)
    rows = [
        EvaluationRequest(evaluation_id=evaluation, registration_id=registration, asked_at=at)
        for registration, evaluation in new.values_list("pk", "network__evaluation")
    ]
    EvaluationRequest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def outstanding() -> models.QuerySet[EvaluationRequest]:
    """Return the requests of people who attended, did not answer, and can be reached by mail.

    After closing, only people whose documents wait for it are asked to confirm that.
    """
    requests = EvaluationRequest.objects.filter(
        registration__in=registrations_asked().filter(evaluation_completions__isnull=True).values("pk"),
        registration__person__in=PersonEmail.objects.values("person"),
        evaluation__network__asks_evaluation=True,
    )
    return requests.exclude(evaluation__in=pointless())


def pointless() -> list[Evaluation]:
    """Return the evaluations that take no answers any more and that no document waits for."""
    closed = Evaluation.objects.filter(closed_at__isnull=False, meeting=None).select_related("network")
    versions = CreditRule.objects.filter(require_evaluation=False)
    codes = {version.code for version in versions}
    rules = CreditRule.objects.all()
    return [
        one
        for one in closed.filter(network__credit_code__in=codes).prefetch_related("network__meetings")
        if not documents_wait(one.network, rules.version_for(one.network))
    ]


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
    mails = prepare_many(letters_of(requests, at=at), at=at)
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


def letters_of(requests: list[EvaluationRequest], *, at: datetime) -> Iterator[Letter]:
    """Give the mail of each request."""
    versions = CreditRule.objects.all()
    for request in requests:
        network = request.evaluation.network
        yield letters.invitation(
            request,
            key=f"evaluation:{request.registration.uid}:{request.mails}",
            documents_wait=documents_wait(network, versions.version_for(network)),
            at=at,
        )


def step_at(request: EvaluationRequest, at: datetime) -> int:
    """Return how many steps of the schedule lie behind at ``at``."""
    return sum(request.asked_at + timedelta(days=days) <= at for days in DAYS)


def remind_again(*, evaluation: Evaluation, at: datetime) -> int:
    """Ask everyone who has not answered once more, but nobody twice a day; return how many."""
    ask_who_attended(at=at)
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
        .prefetch_related(people, "evaluation__network__meetings")
        .order_by("asked_at", "pk")
    )
