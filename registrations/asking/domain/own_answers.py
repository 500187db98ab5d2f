"""One's own answers: what is asked of somebody, what waits, and changing it until a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor, Person, local_day
from registrations.models import Answer, QuestionVersion, Registration
from registrations.seats.domain import answering, questions, seats
from registrations.seats.domain.answering import Given
from registrations.seats.domain.questions import is_changeable
from registrations.seats.exceptions import QuestionRefused
from stemnet import wording


@dataclass
class Own:
    """The questions of one registration: those that can be answered now, those of before, and the answers."""

    registration: Registration
    last_day: date | None
    today: date
    versions: list[QuestionVersion] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)

    @property
    def open(self) -> list[QuestionVersion]:
        """Return the questions whose answers can be changed now."""
        if not (self.registration.is_live or self.registration.status == Registration.Status.GUEST):
            return []
        return [one for one in self.versions if self._is_open(one)]

    def _is_open(self, version: QuestionVersion) -> bool:
        return is_changeable(version.question, last_day=self.last_day, today=self.today)

    @property
    def closed(self) -> list[Answer]:
        """Return the answers that can only be read: their day is over, or they are not asked anymore."""
        changeable = {version.question_id for version in self.open}
        return [answer for answer in self.answers.values() if answer.question_id not in changeable]

    @property
    def waiting(self) -> list[QuestionVersion]:
        """Return the questions that wait for an answer."""
        changeable = {version.question_id for version in self.open}
        missing = answering.unanswered(self.versions, self.answers.values())
        return [version for version in missing if version.question_id in changeable]


def own(registration: Registration, *, at: datetime) -> Own:
    """Return what is asked of one registration and what was answered; four queries at most."""
    network = registration.network
    rows = Answer.objects.filter(registration=registration).select_related("version", "question")
    return Own(
        registration,
        last_day=questions.last_day_of(network),
        today=local_day(at, network.zone),
        versions=questions.asked_of(network),
        answers={answer.question_id: answer for answer in rows.order_by("question__place", "pk")},
    )


def waiting_of(registrations: Sequence[Registration], *, at: datetime) -> dict[int, int]:
    """Return how many questions wait, by the key of a live registration; three queries at most."""
    live = {one.pk: one for one in registrations if one.is_live}
    networks = {one.network_id: one.network for one in live.values()}
    asked: dict[int, list[QuestionVersion]] = {}
    for version in questions.newest().filter(question__network__in=networks) if networks else []:
        asked.setdefault(version.question.network_id, []).append(version)
    if not asked:
        return {}
    days = questions.last_days(networks[key] for key in asked)
    answers: dict[int, dict[int, Answer]] = {}
    for answer in Answer.objects.filter(registration__in=live):
        answers.setdefault(answer.registration_id, {})[answer.question_id] = answer
    found = {}
    for key, one in live.items():
        last, today = days.get(one.network_id), local_day(at, one.network.zone)
        mine = Own(one, last, today, asked.get(one.network_id, []), answers.get(key, {}))
        if number := len(mine.waiting):
            found[key] = number
    return found


def registration_of(person: Person, slug: str) -> Registration | None:
    """Return somebody's newest registration in a network, whatever became of it."""
    mine = person.registrations.filter(network__slug=slug).select_related("network", "person")
    return mine.order_by("-pk").first()


@transaction.atomic
def save_answers(
    registration: Registration,
    given: Sequence[Given],
    *,
    seen: Mapping[int, int],
    by: Actor,
    at: datetime,
) -> int:
    """Write what somebody answered on their own page; return how many answers are new or different.

    ``seen`` are the revisions that the page showed, by the key of the question. Raises AnswersChanged where
    another page of theirs wrote something else, and QuestionRefused where the day is over.
    """
    seats.lock_network(registration.network)
    fresh = Registration.objects.select_related("network", "person").get(pk=registration.pk)
    mine = own(fresh, at=at)
    changeable = {version.question_id for version in mine.open}
    words = {version.pk: version for version in mine.versions}
    late = [words[one.version] for one in given if one.version in words]
    if any(version.question_id not in changeable for version in late):
        raise QuestionRefused(
            sentence=_("The last day to change these answers was %(day)s.")
            % {"day": wording.day(_last(late, mine))}
        )
    return answering.change(fresh, mine.versions, given, changeable=changeable, seen=seen, by=by, at=at)


def _last(versions: Sequence[QuestionVersion], mine: Own) -> date:
    """Return the last day on which one of ``versions`` could be changed."""
    days = [version.question.changeable_until or mine.last_day for version in versions]
    return max((day for day in days if day is not None and day < mine.today), default=mine.today)
