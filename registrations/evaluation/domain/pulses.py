"""The pulse: a few questions after each meeting, anonymous as the evaluation is; no document waits for it.

It is asked of everyone who was there, as soon as they are marked so, from the end of the meeting until its
last day. Each is mailed once, and reminded once.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import Actor, Person, local_day
from registrations.evaluation.domain import answer_box
from registrations.evaluation.domain.evaluating import asking, check_open, day_of, lock, put_in
from registrations.evaluation.domain.questionnaires import newest, set_up
from registrations.evaluation.exceptions import EvaluationAnswered, EvaluationRefused
from registrations.models import Attendance, Evaluation, PulseRequest, Questionnaire, Registration
from registrations.seats.domain import seats
from stemnet.outbox.waking import wake

Purpose = Questionnaire.Purpose


@transaction.atomic
def ask_after_meetings(network: Network, *, asks: bool, days: int, by: Actor, at: datetime) -> Questionnaire:
    """Ask people after each meeting that ends from now on, with ``days`` days to answer, or stop doing so.

    Pulses that are open go on until their last day. Raises EvaluationRefused where there is nothing to ask.
    """
    seats.lock_network(network)
    questionnaire = set_up(network, Purpose.PULSE, by=by, at=at)
    if asks and not newest(questionnaire):
        raise EvaluationRefused(sentence=_("There are no questions to ask. Add one first."))
    questionnaire.days = days
    questionnaire.asks_since = (questionnaire.asks_since or at) if asks else None
    questionnaire.save(update_fields=["days", "asks_since"])
    wake("registrations.sweep_evaluations")
    return questionnaire


def meetings_over(questionnaire: Questionnaire, *, at: datetime) -> models.QuerySet[Meeting]:
    """Return the network's own meetings that have ended, whose pulse is due and not asked yet."""
    since = max(questionnaire.asks_since or at, at - timedelta(days=questionnaire.days))
    own = Meeting.objects.standing().filter(network=questionnaire.network_id, working_group=None, pulse=None)
    return own.filter(ends_at__gt=since, ends_at__lte=at)


def open_pulses(*, at: datetime) -> int:
    """Open the pulse of every meeting that has ended and whose network asks; return how many."""
    opened = 0
    asking_ones = Questionnaire.objects.filter(purpose=Purpose.PULSE, asks_since__isnull=False)
    for questionnaire in asking_ones.select_related("network"):
        for meeting in meetings_over(questionnaire, at=at):
            opened += open_pulse(questionnaire, meeting, at=at) is not None
    return opened


@transaction.atomic
def open_pulse(questionnaire: Questionnaire, meeting: Meeting, *, at: datetime) -> Evaluation | None:
    """Ask the newest questions about ``meeting``, once; None where there are none or it is asked already."""
    seats.lock_network(questionnaire.network)
    fresh = Questionnaire.objects.get(pk=questionnaire.pk)
    if not newest(fresh) or Evaluation.objects.filter(meeting=meeting).exists():
        return None
    last_day = local_day(meeting.ends_at, questionnaire.network.zone) + timedelta(days=fresh.days)
    evaluation = Evaluation.objects.create(
        network=questionnaire.network, meeting=meeting, opened_at=at, last_day=last_day, **asking(fresh)
    )
    answer_box.fill(evaluation, [])
    return evaluation


def ask_who_was_there(*, at: datetime) -> int:
    """Write a request for everyone who was at a meeting whose pulse is open; return how many."""
    new = [
        PulseRequest(evaluation=pulse, registration_id=registration, asked_at=at)
        for pulse in Evaluation.objects.filter(meeting__isnull=False, closed_at=None).select_related(
            "network"
        )
        if pulse.takes_answers(at)
        for registration in Registration.objects.filter(
            network=pulse.network_id,
            attendances__meeting=pulse.meeting_id,
            attendances__status="present",
        )
        .exclude(pulse_requests__evaluation=pulse)
        .values_list("pk", flat=True)
    ]
    PulseRequest.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def standing_requests() -> QuerySet[PulseRequest]:
    """Return the requests of people who, as it is marked now, were at a meeting that wasn't cancelled."""
    here = Attendance.objects.filter(
        registration=OuterRef("registration"), meeting=OuterRef("evaluation__meeting"), status="present"
    )
    held = PulseRequest.objects.exclude(evaluation__meeting__status=Meeting.Status.CANCELLED)
    return held.filter(Exists(here))


def pulse_asked_of(person: Person | None, meeting_uid: Any) -> PulseRequest | None:
    """Return the pulse that somebody is asked about a meeting, or None."""
    if person is None:
        return None
    return (
        standing_requests()
        .filter(registration__person=person, evaluation__meeting__uid=meeting_uid)
        .select_related("evaluation__network", "evaluation__meeting", "registration__network")
        .order_by("pk")
        .first()
    )


def waiting_for(person: Person, *, at: datetime, network: Network | None = None) -> list[PulseRequest]:
    """Return the pulses that somebody can still answer, those that close first first; one query."""
    mine = standing_requests().filter(
        registration__person=person, completed_on=None, evaluation__closed_at=None
    )
    if network is not None:
        mine = mine.filter(evaluation__network=network)
    rows = mine.select_related("evaluation__network", "evaluation__meeting__network")
    ordered = rows.order_by("evaluation__last_day", "pk")
    return [one for one in ordered if one.evaluation.takes_answers(at)]


@transaction.atomic
def answer_pulse(
    request: PulseRequest, answers: Mapping[str, Any], *, version: int | None = None, at: datetime
) -> None:
    """Keep ``answers`` as nobody's, and on which day this person answered.

    Raises EvaluationAnswered and EvaluationClosed.
    """
    evaluation = lock(request.evaluation)
    check_open(evaluation, at=at)
    mine = PulseRequest.objects.filter(
        evaluation=evaluation, registration__person=request.registration.person_id
    )
    if mine.filter(completed_on__isnull=False).exists():
        raise EvaluationAnswered
    mine.update(completed_on=day_of(evaluation, at))
    put_in(evaluation, answers, version=version)
