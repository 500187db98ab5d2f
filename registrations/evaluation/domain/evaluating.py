"""The network evaluation: opening, answering, excusing, closing and publishing it (docs/rules.md 10.1, 10.2).

Two stores without a shared key: who answered is a completion with a date; what was answered lies in a sealed
box until closing, and is then a response without person, moment or order. Both are written under the lock of
the evaluation's row. A person counts once a network, under their earliest registration there, so that the
unique completion row is the one gate.
"""

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, local_day
from registrations.evaluation.domain import answer_box
from registrations.evaluation.domain.questions import default_questions
from registrations.evaluation.exceptions import EvaluationAnswered, EvaluationRefused
from registrations.models import (
    CreditRule,
    Evaluation,
    EvaluationBox,
    EvaluationCompletion,
    EvaluationQuestion,
    EvaluationResponse,
    Registration,
)
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet.outbox.waking import wake


@transaction.atomic
def open_evaluation(network: Network, *, by: Actor, at: datetime) -> Evaluation | None:
    """Ask the evaluation from now on, with the default questions; again or not asked at all: nothing new.

    Its last day is as many days later as the network says (docs/rules.md 10.1). Returns None for a network
    that asks for no evaluation. The sweep invites people by mail.
    """
    if not network.asks_evaluation:
        return None
    last_day = local_day(at, network.zone) + timedelta(days=network.evaluation_days)
    evaluation, is_new = Evaluation.objects.get_or_create(
        network=network, defaults={"opened_at": at, "last_day": last_day}
    )
    if is_new:
        answer_box.fill(evaluation, [])
        EvaluationQuestion.objects.bulk_create(default_questions(evaluation))
        wake("registrations.sweep_evaluations")
    return evaluation


def evaluation_of(network: Network) -> Evaluation | None:
    """Return the network's evaluation, or None while it is not asked."""
    return Evaluation.objects.filter(network=network).select_related("network").first()


def is_asked(registration: Registration) -> bool:
    """Return whether the evaluation is open to this person: attendance is complete and they attended."""
    return (
        Evaluation.objects.filter(network_id=registration.network_id).exists()
        and everyone_of(registration).with_attendance().exists()
    )


def registrations_asked() -> RegistrationQuerySet:
    """Return the registrations that are asked: of each person who attended, their first in the network."""
    mine = Registration.objects.filter(network=models.OuterRef("network"), person=models.OuterRef("person"))
    return (
        Registration.objects.filter(network__evaluation__isnull=False)
        .exclude(models.Exists(mine.filter(pk__lt=models.OuterRef("pk"))))
        .filter(models.Exists(mine.filter(attendances__status="present")))
    )


def is_done(registration: Registration) -> bool:
    """Return whether the evaluation is out of this person's way: answered, excused or never asked."""
    if not registration.network.asks_evaluation:
        return True
    return EvaluationCompletion.objects.filter(
        evaluation__network_id=registration.network_id, registration__person_id=registration.person_id
    ).exists()


def documents_wait(network: Network, version: CreditRule | None) -> bool:
    """Return whether documents wait for the evaluation: where it is asked, and the rule wants it.

    Without a rule they do: hours of attendance are confirmed after the evaluation (docs/rules.md 3.1).
    """
    return network.asks_evaluation and (version is None or version.require_evaluation)


def completion_of(registration: Registration) -> EvaluationCompletion | None:
    """Return the row that says this person answered or was excused, or None."""
    return EvaluationCompletion.objects.filter(
        evaluation__network_id=registration.network_id, registration__person_id=registration.person_id
    ).first()


@transaction.atomic
def answer_evaluation(*, registration: Registration, answers: Mapping[str, Any], at: datetime) -> None:
    """Keep ``answers`` (number of the question to value) as nobody's, and that this person answered.

    Raises EvaluationRefused: not asked, answered already, or closed meanwhile.
    """
    evaluation = lock_evaluation(registration.network)
    if not evaluation.takes_answers(at):
        raise EvaluationRefused(
            sentence=_("The evaluation closed while you were answering, so your answers weren't saved.")
        )
    write_completion(evaluation, registration, at=at)
    answer_box.fill(evaluation, [*answer_box.answers_in(evaluation), dict(answers)])


@transaction.atomic
def confirm_late(*, registration: Registration, at: datetime) -> None:
    """Let a person finish after closing, when answers are stored no more. Else EvaluationRefused."""
    evaluation = lock_evaluation(registration.network)
    if evaluation.takes_answers(at):
        raise EvaluationRefused(sentence=_("The evaluation is still open. Please answer it."))
    write_completion(evaluation, registration, at=at)


@transaction.atomic
def waive(*, registration: Registration, reason: str, by: Actor, at: datetime) -> None:
    """Excuse a person from the evaluation, with a reason. Raises EvaluationRefused."""
    evaluation = lock_evaluation(registration.network)
    if not reason.strip():
        raise EvaluationRefused(sentence=_("Say why you're excusing this person."))
    write_completion(
        evaluation, registration, at=at, waived_by_name=str(by)[:200], waiver_reason=reason.strip()
    )


@transaction.atomic
def close(*, evaluation: Evaluation, by: Actor, at: datetime) -> None:
    """Take no more answers, and take those there are out of their box, in this one transaction.

    Fewer than EVALUATION_MINIMUM_ANSWERS stay in it, sealed, because nobody is ever shown them. Raises
    EvaluationRefused where it is closed already.
    """
    evaluation = lock_evaluation(evaluation.network)
    if evaluation.closed_at:
        raise EvaluationRefused(sentence=_("This evaluation is already closed."))
    evaluation.closed_at, evaluation.closed_by_name = at, str(by)[:200]
    evaluation.save(update_fields=["closed_at", "closed_by_name"])
    answers = kept_answers(evaluation)
    if len(answers) >= settings.EVALUATION_MINIMUM_ANSWERS:
        write_responses(evaluation, answers)


def kept_answers(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return every answer to ``evaluation``, in its box or out of it."""
    return [*answer_box.answers_in(evaluation), *evaluation.responses.values_list("answers", flat=True)]


def write_responses(evaluation: Evaluation, answers: list[dict[str, Any]]) -> None:
    """Write the answers in random order under new ids, and remove the box."""
    random.SystemRandom().shuffle(answers)
    evaluation.responses.all().delete()
    EvaluationResponse.objects.bulk_create(
        EvaluationResponse(id=uuid4(), evaluation=evaluation, answers=each) for each in answers
    )
    EvaluationBox.objects.filter(evaluation=evaluation).delete()


@transaction.atomic
def close_and_publish(*, evaluation: Evaluation, by: Actor, at: datetime) -> None:
    """Show the results to staff, once: after closing, from EVALUATION_MINIMUM_ANSWERS answers on."""
    evaluation = lock_evaluation(evaluation.network)
    if not evaluation.closed_at:
        raise EvaluationRefused(sentence=_("Close the evaluation first."))
    if evaluation.published_at:
        raise EvaluationRefused(sentence=_("The results are already published."))
    if evaluation.responses.count() < settings.EVALUATION_MINIMUM_ANSWERS:
        raise EvaluationRefused(
            sentence=_(
                "We show results only if there are at least %(minimum)s answers, so nobody can be identified."
            )
            % {"minimum": settings.EVALUATION_MINIMUM_ANSWERS}
        )
    evaluation.published_at, evaluation.published_by_name = at, str(by)[:200]
    evaluation.save(update_fields=["published_at", "published_by_name"])


def lock_evaluation(network: Network) -> Evaluation:
    """Lock the network's evaluation until the transaction ends; EvaluationRefused while it is not asked."""
    evaluation = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("network")
        .filter(network_id=network.pk)
        .first()
    )
    if evaluation is None:
        raise EvaluationRefused(sentence=_("The network evaluation hasn't been sent out yet."))
    return evaluation


def write_completion(
    evaluation: Evaluation, registration: Registration, *, at: datetime, **waived: str
) -> None:
    """Write the one row that says this person is done; the evaluation must be locked."""
    if not everyone_of(registration).with_attendance().exists():
        raise EvaluationRefused(sentence=_("Only people who attended answer the evaluation."))
    if is_done(registration):
        raise EvaluationAnswered
    try:
        with transaction.atomic():
            EvaluationCompletion.objects.create(
                evaluation=evaluation,
                registration=everyone_of(registration).earliest("pk"),
                completed_on=day_of(evaluation, at),
                **waived,
            )
    except IntegrityError as answered:
        raise EvaluationAnswered from answered


def everyone_of(registration: Registration) -> RegistrationQuerySet:
    """Return this person's registrations in this network: one, or several after leaving and coming back."""
    return Registration.objects.filter(network_id=registration.network_id, person_id=registration.person_id)


def day_of(evaluation: Evaluation, at: datetime) -> date:
    """Return the day of ``at`` where the network is: all that is kept of when somebody answered."""
    return local_day(at, evaluation.network.zone)
