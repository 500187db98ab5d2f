"""The network evaluation as a form: one field a question, without JavaScript."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from meetings.planning.forms.fields import DayInput
from registrations.models import EvaluationQuestion

Kind = EvaluationQuestion.Kind
LONGEST_ANSWER = 2000
A_STEP = 4
NOT_APPLICABLE = "na"
AGREE: list[tuple[str, Any]] = [
    ("5", _("Strongly agree")),
    ("4", _("Agree")),
    ("3", _("Neither")),
    ("2", _("Disagree")),
    ("1", _("Strongly disagree")),
    (NOT_APPLICABLE, _("Not applicable")),
]
RATING: list[tuple[str, Any]] = [
    ("5", _("5, excellent")),
    ("4", _("4, good")),
    ("3", _("3, fair")),
    ("2", _("2, weak")),
    ("1", _("1, poor")),
]
RECOMMEND: list[tuple[str, Any]] = [(str(number), str(number)) for number in range(11)]
HINTS = {Kind.RECOMMEND: _("0 is not at all likely, 10 is very likely.")}
SCALES: dict[Kind, list[tuple[str, Any]]] = {
    Kind.AGREE: AGREE,
    Kind.RATING: RATING,
    Kind.RECOMMEND: RECOMMEND,
}


class EvaluationForm(forms.Form):
    """What one person answers; nothing in it says who."""

    def __init__(self, *args: Any, questions: Iterable[EvaluationQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {name_of(question): question for question in questions}
        for name, question in self.questions.items():
            self.fields[name] = field_for(question)

    def answers(self) -> dict[str, int | str]:
        """Return the answers given, by number of the question: a number, "na", words, or a choice."""
        given = {
            str(self.questions[name].number): value for name, value in self.cleaned_data.items() if value
        }
        return {
            number: int(value) if self.kind_of(number) in SCALES and value != NOT_APPLICABLE else value
            for number, value in given.items()
        }

    def kind_of(self, number: str) -> str:
        """Return how the question of this number is answered."""
        return self.questions[f"q{number}"].kind

    def steps(self) -> list["Step"]:
        """Return the questions in steps that a phone shows one at a time: scales by fours, words, choices."""
        scales = self._of(*SCALES)
        parts = [scales[start : start + A_STEP] for start in range(0, len(scales), A_STEP)]
        steps = [Step("scales", part, number, len(parts)) for number, part in enumerate(parts, start=1)]
        more = [Step("words", self._of(Kind.WORDS)), Step("choices", self._of(Kind.CHOICE))]
        return steps + [step for step in more if step.fields]

    def _of(self, *kinds: str) -> list[BoundField]:
        """Return the questions of these kinds, in order."""
        return [self[name] for name, question in self.questions.items() if question.kind in kinds]


@dataclass(frozen=True)
class Step:
    """Some questions of one kind; ``number`` of ``of`` where the kind takes several steps."""

    kind: str
    fields: list[BoundField]
    number: int = 1
    of: int = 1


class LastDayForm(forms.Form):
    """The day until which an evaluation takes answers."""

    last_day = forms.DateField(
        label=_("New last day"),
        widget=DayInput,
        error_messages={
            "required": _("Choose the new last day."),
            "invalid": _("That isn't a date we can read. Write it like 2021-06-18."),
        },
    )


def name_of(question: EvaluationQuestion) -> str:
    """Return the name of the question's field."""
    return f"q{question.number}"


def field_for(question: EvaluationQuestion) -> forms.Field:
    """Return the field that takes an answer to ``question``."""
    label = question.text
    if question.kind == Kind.WORDS:
        area = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
        return forms.CharField(
            label=label, required=question.required, max_length=LONGEST_ANSWER, widget=area
        )
    choices: list[tuple[str, Any]] = SCALES.get(
        Kind(question.kind),
        [*((choice, choice) for choice in question.choices), ("", _("Prefer not to say"))],
    )
    return forms.ChoiceField(
        label=label,
        help_text=HINTS.get(Kind(question.kind), ""),
        choices=choices,
        required=question.required,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Choose one of the answers.")},
    )
