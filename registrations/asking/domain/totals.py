"""Totals of answers for one meeting: of those who come to the room, without a name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from meetings.models import Meeting, Modality
from registrations.models import Answer, ChosenWay, PlannedAbsence, Question, QuestionVersion, Registration
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet import wording

Kind = Question.Kind


@dataclass
class Total:
    """The answers to one question: each with how many gave it, and how many gave none."""

    question: Question
    label: str
    lines: list[tuple[str, int]] = field(default_factory=list)
    answered: int = 0
    empty: int = 0
    open: int = 0
    summed: str = ""

    @property
    def open_words(self) -> str:
        """Say what those without an answer have in common; not all are asked where there is a condition."""
        if self.question.depends_on_id:
            return _("Not asked, or no answer yet")
        return _("No answer yet")


@dataclass(frozen=True)
class Totals:
    """The totals of one meeting, and of how many people."""

    meeting: Meeting
    people: int
    absent: int
    totals: list[Total]


def coming_to(meeting: Meeting) -> RegistrationQuerySet:
    """Return who is expected in the room: with a seat, who neither can't come nor comes online.

    Who chose neither the room nor online is expected in the room, so that there is enough for all.
    """
    absent = PlannedAbsence.objects.filter(meeting=meeting).values("registration")
    online = ChosenWay.objects.filter(meeting=meeting, way=ChosenWay.Way.ONLINE).values("registration")
    if meeting.modality == Modality.ONLINE:
        return Registration.objects.none()
    expected = Registration.objects.expected_at(meeting)
    return expected.exclude(pk__in=absent).exclude(pk__in=online)


def totals_of(meeting: Meeting, versions: Sequence[QuestionVersion]) -> Totals:
    """Return the totals of the questions of ``versions`` for a meeting; three queries."""
    coming = set(coming_to(meeting).values_list("pk", flat=True))
    said_no = PlannedAbsence.objects.filter(meeting=meeting, registration__status=Registration.Status.SEATED)
    absent = said_no.exclude(registration__in=meeting.substitutes.coming().values("registration")).count()
    asked = [version.question_id for version in versions]
    values: dict[int, list[Any]] = {key: [] for key in asked}
    rows = Answer.objects.filter(registration__in=coming_to(meeting).values("pk"), question__in=asked)
    for question, value in rows.values_list("question", "value"):
        values[question].append(value)
    totals = [total_of(version, values[version.question_id], people=len(coming)) for version in versions]
    return Totals(meeting, len(coming), absent, totals)


def total_of(version: QuestionVersion, values: Sequence[Any], *, people: int) -> Total:
    """Return the total of one question, its choices in their order and what else was answered after them."""
    total = Total(version.question, version.label)
    given = [value for value in values if value not in (None, "", [])]
    total.answered, total.empty = len(given), len(values) - len(given)
    total.open = max(0, people - len(values))
    counts = Counter(words for value in given for words in words_of(version.question.kind, value))
    first = list(version.options) if version.question.kind in Question.PICKED else []
    for words in [*first, *sorted(set(counts) - set(first), key=str.casefold)]:
        total.lines.append((words, counts[words]))
    if version.question.kind == Kind.NUMBER and given:
        total.summed = wording.plain_number(sum(map(Decimal, given), Decimal(0)))
    return total


def words_of(kind: str, value: Any) -> Iterable[str]:
    """Return what one answer says, as many words as it has choices."""
    if kind == Kind.AGREEMENT:
        return [_("Yes") if value else _("No")]
    if kind == Kind.FILE:
        return [_("A file")]
    return list(map(str, value)) if isinstance(value, list) else [str(value)]
