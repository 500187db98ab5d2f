"""Writing answers to a network's own questions: with a registration, and changes of them later."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.core.files.base import File
from django.db import transaction

from partners.models import Actor
from registrations.models import Answer, Question, QuestionVersion, Registration
from registrations.seats.domain import questions
from registrations.seats.domain.conditions import shown
from registrations.seats.exceptions import AnswersChanged


class Given(NamedTuple):
    """What somebody answered: the wording that they read, and the value; a file has its content, too."""

    version: int
    value: Any
    file: File[bytes] | None = None


@dataclass(frozen=True)
class Clash:
    """An answer that was written while the same person had the page open elsewhere."""

    question: int
    value: Any
    at: datetime


def write_first(
    registration: Registration, given: Iterable[Sequence[Any]], *, by: Actor, at: datetime
) -> None:
    """Write what was answered on registering, as a hold keeps it; the network's row is locked.

    What was deleted since the page was opened is left out; other questions keep the wording that was read.
    """
    values = {one[0]: one[1] for one in given}
    if not values:
        return
    versions = QuestionVersion.objects.filter(pk__in=values, question__network=registration.network_id)
    Answer.objects.bulk_create(
        Answer(
            registration=registration,
            question_id=version.question_id,
            version=version,
            value=values[version.pk],
            given_at=at,
            by_name=str(by)[:200],
        )
        for version in versions
    )


def values_of(answers: Iterable[Answer]) -> dict[int, Any]:
    """Return the values by the key of their question."""
    return {answer.question_id: answer.value for answer in answers}


def change(
    registration: Registration,
    versions: Sequence[QuestionVersion],
    given: Sequence[Given],
    *,
    changeable: Container[int],
    seen: Mapping[int, int],
    by: Actor,
    at: datetime,
) -> int:
    """Write what somebody answered on their own page; return how many answers are new or different.

    The network's row is locked. ``versions`` are all questions asked of the network, ``seen`` the revisions
    that the page showed, by the key of the question. Of the ``changeable`` questions, what is not asked after
    these answers is deleted. Raises AnswersChanged where another page of theirs wrote something else.
    """
    known = {answer.question_id: answer for answer in registration.answers.all()}
    of_version = {version.pk: version for version in versions}
    mine = {of_version[one.version].question_id: one for one in given if one.version in of_version}
    _check(known, mine, seen=seen)
    values = {**values_of(known.values()), **{question: one.value for question, one in mine.items()}}
    asked = {version.question_id for version in shown(versions, values)}
    wanted = {question: one for question, one in mine.items() if question in asked}
    here = {version.question_id for version in versions if version.question_id in changeable}
    gone = [known[question] for question in here - asked if question in known]
    return _write(registration, known, wanted, by=by, at=at) + delete(gone)


def _check(known: Mapping[int, Answer], mine: Mapping[int, Given], *, seen: Mapping[int, int]) -> None:
    """Raise AnswersChanged where what stands there is neither what the page showed nor what it sends."""
    clashes = [
        Clash(question, answer.value, answer.changed_at or answer.given_at)
        for question, answer in known.items()
        if question in mine
        and answer.revision != seen.get(question, 0)
        and (answer.value != mine[question].value or mine[question].file)
    ]
    if clashes:
        raise AnswersChanged(clashes)


def _write(
    registration: Registration,
    known: Mapping[int, Answer],
    wanted: Mapping[int, Given],
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Write the answers that are new or different, in bulk; return how many."""
    new, changed = [], []
    for question, one in wanted.items():
        answer = known.get(question)
        if answer is None:
            answer = Answer(registration=registration, question_id=question, given_at=at)
            new.append(answer)
        elif answer.value == one.value and one.file is None:
            continue
        else:
            answer.revision, answer.changed_at = answer.revision + 1, at
            changed.append(answer)
        _take(answer, one, by=by)
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(changed, ["version", "value", "file", "revision", "changed_at", "by_name"])
    return len(new) + len(changed)


def _take(answer: Answer, one: Given, *, by: Actor) -> None:
    """Put what was given into the row; a file that it replaces goes once that is committed."""
    answer.version_id, answer.value, answer.by_name = one.version, one.value, str(by)[:200]
    if answer.file and (one.file is not None or one.value is None):
        _delete_files([answer])
        answer.file = ""
    if one.file is not None:
        answer.file.save("", one.file, save=False)


def delete(answers: Sequence[Answer]) -> int:
    """Delete answers, and their files once that is committed; return how many."""
    _delete_files(answers)
    if answers:
        Answer.objects.filter(pk__in=[answer.pk for answer in answers]).delete()
    return len(answers)


def _delete_files(answers: Iterable[Answer]) -> None:
    for answer in answers:
        if answer.file:
            transaction.on_commit(partial(answer.file.storage.delete, str(answer.file.name)))


def unanswered(versions: Sequence[QuestionVersion], answers: Iterable[Answer]) -> list[QuestionVersion]:
    """Return the questions that are asked of somebody and that they never saw or left for later."""
    known = {answer.question_id: answer for answer in answers}
    asked = shown(versions, values_of(known.values()))
    return [version for version in asked if _is_open(version.question, known.get(version.question_id))]


def waiting_of(registration: Registration) -> list[QuestionVersion]:
    """Return the questions that wait for an answer of somebody who registered just now."""
    return unanswered(questions.asked_of(registration.network), registration.answers.all())


def _is_open(question: Question, answer: Answer | None) -> bool:
    """Return whether a question waits for an answer: it has none, or it is required and was left empty."""
    return answer is None or (question.required and answer.value in (None, False, "", []))
