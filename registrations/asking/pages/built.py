"""What the page shows on which a network's questions are set up; the same queries for any number of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Count, F, Prefetch, Q, QuerySet

from meetings.models import Network
from partners.models import Person
from registrations.models import Question, QuestionLog, QuestionReader, QuestionVersion
from registrations.seats.domain import questions
from registrations.seats.domain.questions import condition_words, kept_words, reader_words
from registrations.seats.forms.questions import AsksQuestions

LOG = 30


@dataclass(frozen=True)
class QuestionRow:
    """One question of the list: its newest words, when it is asked, who reads it, how many answered."""

    version: QuestionVersion
    condition: str
    readers: str
    kept: str
    answers: int
    older: int
    is_first: bool
    is_last: bool

    @property
    def question(self) -> Question:
        """Return the question itself."""
        return self.version.question

    @property
    def unread(self) -> bool:
        """Return whether nobody reads the answers."""
        question = self.question
        others = question.staff_read or question.leads_read or question.caterer_reads
        return not others and not question.readers.all()


def questions_context(network: Network, *, at: datetime) -> dict[str, Any]:
    """Return the questions in their order, those that are not asked anymore, and the log."""
    rows = _rows(network)
    standing = [row for row in rows if row.question.ended_at is None]
    return {
        "network": network,
        "rows": standing,
        "ended": [row for row in rows if row.question.ended_at is not None],
        "log": list(QuestionLog.objects.filter(network=network)[:LOG]),
        "last_day": questions.last_day_of(network),
        "rounds": list(network.question_rounds.order_by("-asked_at")[:3]),
    }


def _rows(network: Network) -> list[QuestionRow]:
    """Return every question of a network with its numbers; three queries."""
    readers = Prefetch("question__readers", QuestionReader.objects.select_related("person"))
    newest = QuestionVersion.objects.filter(question__network=network, number=F("question__version"))
    versions = list(
        newest.select_related("question").prefetch_related(readers).order_by("question__place", "question_id")
    )
    older = Count("answers", filter=Q(answers__version__number__lt=F("version")))
    counted = Question.objects.filter(network=network).annotate(given=Count("answers"), older=older)
    numbers = {row["pk"]: row for row in counted.values("pk", "given", "older")}
    standing = [one.question_id for one in versions if one.question.ended_at is None]
    return [
        QuestionRow(
            version,
            condition_words(version.question, versions),
            reader_words(version),
            kept_words(version.question),
            numbers[version.question_id]["given"],
            numbers[version.question_id]["older"],
            version.question_id in standing[:1],
            version.question_id in standing[-1:],
        )
        for version in versions
    ]


class PreviewForm(AsksQuestions):
    """The questions as people see them, which takes nothing."""


def preview_of(network: Network) -> tuple[forms.Form, forms.Form]:
    """Return the questions asked on registering, and those that people answer later."""
    asked = questions.asked_on_registering(network)
    first = {version.pk for version in asked}
    on_registering, later = PreviewForm(), PreviewForm()
    on_registering.ask(asked)
    later.ask([version for version in questions.asked_of(network) if version.pk not in first])
    return on_registering, later


def copyable(network: Network, person: Person) -> QuerySet[Network]:
    """Return the other networks of one's own that ask something, the newest first."""
    asking = Question.objects.standing().values("network")
    mine = Network.objects.coordinated_by(person).filter(pk__in=asking).exclude(pk=network.pk)
    return mine.order_by("-school_year", "title")
