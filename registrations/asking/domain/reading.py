"""Whose answers somebody may read, and the rows of a list or a file of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from meetings.models import Network
from partners.models import Person
from registrations.asking.domain.question_log import What, note
from registrations.models import Answer, Question, QuestionVersion, Registration
from registrations.models.seats.registration import RegistrationQuerySet

HERE = Q(status__in=Registration.LIVE) | Q(status=Registration.Status.GUEST)


@dataclass(frozen=True)
class PersonAnswers:
    """One person and their answers, in the order of the questions; None where there is none to read."""

    registration: Registration
    answers: list[Answer | None]


def readable_versions(network: Network, person: Person) -> list[QuestionVersion]:
    """Return the newest wording of each question whose answers somebody may read, ended ones last."""
    mine = Question.objects.readable_by(person).filter(network=network)
    versions = QuestionVersion.objects.filter(question__in=mine.values("pk"), number=F("question__version"))
    rows = versions.select_related("question").order_by("question__place", "question_id")
    return sorted(rows, key=lambda version: version.question.ended_at is not None)


def people_of(network: Network, person: Person) -> RegistrationQuerySet:
    """Return the people of whom somebody may read an answer: all, or the members of groups they lead."""
    here = network.registrations.filter(HERE)
    reads_all = Question.objects.filter(
        Q(readers__person=person) | Q(staff_read=True, network__in=Network.objects.staffed_by(person)),
        network=network,
    )
    if not reads_all.exists():
        here = here.filter(pk__in=Registration.objects.visible_to(person).values("pk"))
    return here.select_related("person", "network").by_name()


def answers_of(
    people: Sequence[Registration], versions: Sequence[QuestionVersion], *, reader: Person
) -> list[PersonAnswers]:
    """Return the answers of ``people`` that ``reader`` may read, by one query."""
    asked = [version.question_id for version in versions]
    rows = Answer.objects.readable_by(reader).filter(registration__in=[one.pk for one in people])
    known: dict[tuple[int, int], Answer] = {}
    for answer in rows.filter(question__in=asked).select_related("version", "question"):
        known[answer.registration_id, answer.question_id] = answer
    return [PersonAnswers(one, [known.get((one.pk, key)) for key in asked]) for one in people]


def readable_answers(registration: Registration, reader: Person) -> list[Answer]:
    """Return the answers of one person that somebody may read, in the order of the questions; one query."""
    rows = Answer.objects.readable_by(reader).filter(registration=registration)
    return list(rows.select_related("version", "question").order_by("question__place", "pk"))


def note_download(network: Network, number: int, *, by: Person, at: datetime) -> None:
    """Write down that somebody took the answers out as a file."""
    note(network, What.EXPORTED, number=number, by=by, at=at)
