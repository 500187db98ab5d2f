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
from registrations.evaluation.domain.questionnaires import set_up
from registrations.evaluation.domain.separating import VERSION, asked_of, without_versions
from registrations.evaluation.exceptions import EvaluationAnswered, EvaluationClosed, EvaluationRefused
from registrations.models import (
    CreditRule,
    Evaluation,
    EvaluationBox,
    EvaluationCompletion,
    EvaluationQuestion,
    EvaluationResponse,
    Questionnaire,
    Registration,
)
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet.outbox.waking import wake


@transaction.atomic
def open_evaluation(network: Network, *, by: Actor, at: datetime) -> Evaluation | None:
    """Ask the evaluation from now on, with the questions that were set up; asked before: nothing new.

    Its last day is as many days later as the network says (docs/rules.md 10.1). Returns None for a network
    that asks for no evaluation. The sweep invites people by mail.
    """
    if not network.asks_evaluation:
        return None
    last_day = local_day(at, network.zone) + timedelta(days=network.evaluation_days)
    known = Evaluation.objects.filter(end_of=network).first()
    if known is not None:
        return known
    questionnaire = set_up(network, Questionnaire.Purpose.END, by=by, at=at)
    evaluation, is_new = Evaluation.objects.get_or_create(
        end_of=network,
        defaults={"network": network, "opened_at": at, "last_day": last_day, **asking(questionnaire)},
    )
    if is_new:
        answer_box.fill(evaluation, [])
        wake("registrations.sweep_evaluations")
    return evaluation


def asking(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the columns of an evaluation that asks the newest version."""
    version = questionnaire.version
    return {"questionnaire": questionnaire, "version": version, "versions": [version]}


def evaluation_of(network: Network) -> Evaluation | None:
    """Return the network's evaluation, or None while it is not asked."""
    return Evaluation.objects.filter(end_of=network).select_related("network", "questionnaire").first()


def is_asked(registration: Registration) -> bool:
    """Return whether the evaluation is open to this person: attendance is complete and they attended."""
    return (
        Evaluation.objects.filter(end_of_id=registration.network_id).exists()
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
def answer_evaluation(
    *, registration: Registration, answers: Mapping[str, Any], at: datetime, version: int | None = None
) -> None:
    """Keep ``answers`` (value by code of the question) as nobody's, and that this person answered.

    ``version`` is the one that was asked; None is the one that is asked now. Raises EvaluationRefused where
    it is not asked, EvaluationAnswered, and EvaluationClosed.
    """
    evaluation = lock_evaluation(registration.network)
    check_open(evaluation, at=at)
    write_completion(evaluation, registration, at=at)
    put_in(evaluation, answers, version=version)


def check_open(evaluation: Evaluation, *, at: datetime) -> None:
    """Raise EvaluationClosed where an evaluation takes no answers."""
    if not evaluation.takes_answers(at):
        raise EvaluationClosed


def put_in(evaluation: Evaluation, answers: Mapping[str, Any], *, version: int | None = None) -> None:
    """Put answers into the box of an evaluation that is locked."""
    entry = dict(answers)
    if (version or evaluation.version) != evaluation.versions[0]:
        entry[VERSION] = version or evaluation.version
    answer_box.fill(evaluation, [*answer_box.answers_in(evaluation), entry])


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

    Fewer than EVALUATION_MINIMUM_ANSWERS stay in it, sealed, because nobody is ever shown them. The results
    of a pulse are staff's to read at once. Raises EvaluationRefused where it is closed already.
    """
    evaluation = lock(evaluation)
    if evaluation.closed_at:
        raise EvaluationRefused(sentence=_("This evaluation is already closed."))
    evaluation.closed_at, evaluation.closed_by_name = at, str(by)[:200]
    entries = kept_answers(evaluation)
    evaluation.answered = len(entries)
    if len(entries) >= settings.EVALUATION_MINIMUM_ANSWERS:
        write_responses(evaluation, entries)
        if evaluation.is_pulse:
            evaluation.published_at, evaluation.published_by_name = at, str(by)[:200]
    evaluation.save(
        update_fields=["closed_at", "closed_by_name", "answered", "published_at", "published_by_name"]
    )


def kept_answers(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return every answer to ``evaluation``, in its box or out of it."""
    return [*answer_box.answers_in(evaluation), *evaluation.responses.values_list("answers", flat=True)]


def write_responses(evaluation: Evaluation, entries: list[dict[str, Any]]) -> None:
    """Write the answers in random order under new ids, and remove the box."""
    asked = EvaluationQuestion.objects.filter(
        questionnaire=evaluation.questionnaire_id, version__in=evaluation.versions
    )
    answers = without_versions(
        entries,
        asked_of(asked),
        first=evaluation.versions[0],
        minimum=settings.EVALUATION_MINIMUM_ANSWERS,
    )
    random.SystemRandom().shuffle(answers)
    evaluation.responses.all().delete()
    EvaluationResponse.objects.bulk_create(
        EvaluationResponse(id=uuid4(), evaluation=evaluation, answers=each) for each in answers
    )
    EvaluationBox.objects.filter(evaluation=evaluation).delete()


@transaction.atomic
def close_and_publish(*, evaluation: Evaluation, by: Actor, at: datetime) -> None:
    """Show the results to staff, once: after closing, from EVALUATION_MINIMUM_ANSWERS answers on."""
    evaluation = lock(evaluation)
    if not evaluation.closed_at:
        raise EvaluationRefused(sentence=_("Close the evaluation first."))
    if evaluation.published_at:
        raise EvaluationRefused(sentence=_("The results are already published."))
    if evaluation.answered < settings.EVALUATION_MINIMUM_ANSWERS:
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
    evaluation = _for_update().filter(end_of_id=network.pk).first()
    if evaluation is None:
        raise EvaluationRefused(sentence=_("The network evaluation hasn't been sent out yet."))
    return evaluation


def lock(evaluation: Evaluation) -> Evaluation:
    """Lock one evaluation, of the end or of a meeting, until the transaction ends."""
    return _for_update().get(pk=evaluation.pk)


def _for_update() -> models.QuerySet[Evaluation]:
    return Evaluation.objects.select_for_update(of=("self",)).select_related("network")


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
