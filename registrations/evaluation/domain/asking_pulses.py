"""Mailing the pulse of a meeting: once when it is asked, and once more three days later while it is open."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import models, transaction

from partners.models import Person, PersonEmail
from registrations.evaluation import emails as letters
from registrations.evaluation.domain.pulses import standing_requests
from registrations.models import Evaluation, PulseRequest
from stemnet.outbox.queueing import Letter, prepare_many, put

DAYS = (0, 3)
BATCH = 200


def mail_pulses(*, at: datetime) -> int:
    """Send every mail about a pulse that is due at ``at``; return how many."""
    sent = 0
    while batch := list(due(at)[:BATCH]):
        mailed = invite(batch, at=at)
        if not mailed:
            break
        sent += mailed
    return sent


def due(at: datetime) -> models.QuerySet[PulseRequest]:
    """Return the requests whose next mail is due at ``at``, those asked first first."""
    open_ones = Evaluation.objects.filter(meeting__isnull=False, closed_at=None).select_related("network")
    answerable = [pulse.pk for pulse in open_ones if pulse.takes_answers(at)]
    steps = [models.Q(step=step, asked_at__lte=at - timedelta(days=days)) for step, days in enumerate(DAYS)]
    people = models.Prefetch("registration__person", Person.objects.prefetch_related("emails"))
    return (
        standing_requests()
        .filter(
            evaluation__in=answerable,
            completed_on=None,
            registration__person__in=PersonEmail.objects.values("person"),
        )
        .filter(models.Q(*steps, _connector=models.Q.OR))
        .select_related("evaluation__network", "evaluation__meeting__network", "registration")
        .prefetch_related(people)
        .order_by("asked_at", "pk")
    )


def invite(requests: list[PulseRequest], *, at: datetime) -> int:
    """Send one mail for each request and note the step; 0 where another sweep was faster."""
    mails = prepare_many(_letters_of(requests), at=at)
    held = {request.pk: request.mails for request in requests}
    with transaction.atomic():
        rows = PulseRequest.objects.select_for_update().filter(pk__in=held).order_by("pk")
        if dict(rows.values_list("pk", "mails")) != held:
            return 0
        for request in requests:
            steps = sum(request.asked_at + timedelta(days=days) <= at for days in DAYS)
            request.step, request.mails, request.mailed_at = max(request.step, steps), request.mails + 1, at
        PulseRequest.objects.bulk_update(requests, ["step", "mails", "mailed_at"])
        put(mails, at=at)
    return len(mails)


def _letters_of(requests: list[PulseRequest]) -> Iterator[Letter]:
    for request in requests:
        key = f"pulse:{request.evaluation_id}:{request.registration.uid}:{request.mails}"
        yield letters.pulse(request, key=key)
