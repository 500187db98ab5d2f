"""An evaluation as a form: one field a question, without JavaScript."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.evaluation.domain import scale_words
from registrations.models import EvaluationQuestion
from registrations.seats.domain.conditions import Condition, holding
from registrations.seats.domain.questions import chosen_words

Kind = EvaluationQuestion.Kind
LONGEST_ANSWER = 2000
A_STEP = 5
NOT_APPLICABLE = "na"
ASKED = "asked"
Choices = list[tuple[str, Any]]


def or_not_applicable(words: Mapping[int, Any]) -> Choices:
    """Return a scale to choose from, and that it doesn't apply."""
    return [
        *((str(value), said) for value, said in words.items()),
        (NOT_APPLICABLE, gettext_lazy("Not applicable")),
    ]


RATING: Choices = [
    ("5", gettext_lazy("5, excellent")),
    ("4", gettext_lazy("4, good")),
    ("3", gettext_lazy("3, fair")),
    ("2", gettext_lazy("2, weak")),
    ("1", gettext_lazy("1, poor")),
]
RECOMMEND: Choices = [(str(number), str(number)) for number in range(11)]
HINTS = {Kind.RECOMMEND: gettext_lazy("0 is not at all likely, 10 is very likely.")}
SCALES: dict[Kind, Choices] = {
    Kind.AGREE: or_not_applicable(scale_words.AGREE),
    Kind.RATING: RATING,
    Kind.RECOMMEND: RECOMMEND,
}


@dataclass(frozen=True)
class Item:
    """One question on the page: its fields, one a statement of a matrix, and when it is asked."""

    question: EvaluationQuestion
    fields: list[BoundField]
    condition: str
    shown_if: str
    shown_values: str

    @property
    def field(self) -> BoundField:
        """Return its field, or the first of them."""
        return self.fields[0]


@dataclass(frozen=True)
class Step:
    """Some questions of one section, which a phone shows at a time: the ``number``-th part ``of`` so many."""

    title: str
    items: list[Item]
    number: int
    of: int

    def _has(self, *kinds: str) -> bool:
        return any(item.question.kind in kinds for item in self.items)

    @property
    def has_words(self) -> bool:
        """Return whether something is asked in words."""
        return self._has(Kind.WORDS)

    @property
    def splits(self) -> bool:
        """Return whether something is asked by which answers are compared."""
        return any(item.question.splits for item in self.items)

    @property
    def all_required(self) -> bool:
        """Return whether every question wants an answer."""
        return all(item.question.required for item in self.items)

    @property
    def all_optional(self) -> bool:
        """Return whether none does."""
        return not any(item.question.required for item in self.items)


class EvaluationForm(forms.Form):
    """What one person answers; nothing in it says who."""

    def __init__(
        self,
        *args: Any,
        questions: Iterable[EvaluationQuestion],
        before: Sequence[EvaluationQuestion] = (),
        **kwargs: Any,
    ) -> None:
        """Ask ``questions``; ``before`` are those of the version that the page showed, if that is another."""
        super().__init__(*args, **kwargs)
        self.questions, self.before = list(questions), before
        for question in self.questions:
            for name, field in fields_of(question):
                self.fields[name] = field

    @property
    def version(self) -> int:
        """Return the version that this form asks, which comes back with it."""
        return self.questions[0].version if self.questions else 0

    def clean(self) -> dict[str, Any]:
        """Want answers only to what the conditions ask, and again to what was changed meanwhile."""
        data = super().clean() or self.cleaned_data
        asked = self._asked(data)
        for question in self.questions:
            if question.code not in asked:
                for name in names_of(question):
                    self.errors.pop(name, None)
        if self.before:
            self._ask_again(asked)
        return data

    def _ask_again(self, asked: set[str]) -> None:
        """Refuse a page of an earlier version, and mark what it did not show so."""
        said = {question.code: said_by(question) for question in self.before}
        marked = [one for one in self.questions if one.code in asked and said.get(one.code) != said_by(one)]
        for question in marked:
            name = names_of(question)[0]
            self.errors.pop(name, None)
            if question.code in said:
                words = _("The wording changed after you opened the page. Read it and answer again.")
            else:
                words = _("This question was added after you opened the page. Answer it, too.")
            self.add_error(name, words)
        self.add_error(
            None,
            _(
                "The questions changed while you were answering. What you typed is still here. Look it "
                "through, then send it again."
            ),
        )

    def _asked(self, data: Mapping[str, Any]) -> set[str]:
        """Return the codes of the questions whose condition holds for what was typed."""
        conditions = [
            Condition(one.code, one.depends_on or None, one.depends_values) for one in self.questions
        ]
        return holding(conditions, {one.code: self._typed(one, data) for one in self.questions})

    def _typed(self, question: EvaluationQuestion, data: Mapping[str, Any]) -> Any:
        if question.kind == Kind.MATRIX:
            return None
        return data.get(names_of(question)[0])

    def answers(self) -> dict[str, Any]:
        """Return the answers given, by code of the question.

        A number or "na"; words; a choice, or a list of them; of a matrix a number or "na" by statement.
        """
        asked = self._asked(self.cleaned_data)
        given = {
            question.code: self._answer(question) for question in self.questions if question.code in asked
        }
        return {code: value for code, value in given.items() if value not in ("", None, [], {})}

    def _answer(self, question: EvaluationQuestion) -> Any:
        values = [self.cleaned_data.get(name) for name in names_of(question)]
        if question.kind == Kind.MATRIX:
            rows = zip(question.rows, values, strict=True)
            return {row: on_scale(value) for row, value in rows if value}
        value = values[0]
        return on_scale(value) if value and question.kind in SCALES else value

    def typed_words(self) -> list[tuple[str, str]]:
        """Return what was typed in words, each with its question, to give it back where it can't be kept."""
        words = [one for one in self.questions if one.kind == Kind.WORDS]
        given = [(one.text, str(self.data.get(names_of(one)[0], "")).strip()) for one in words]
        return [(question, written) for question, written in given if written]

    def steps(self) -> list[Step]:
        """Return the questions by section, in steps of a few that a phone shows one at a time."""
        steps: list[Step] = []
        for title, section in groupby(self.items(), key=lambda item: item.question.section):
            parts = even_parts(list(section))
            steps += [Step(title, part, number, len(parts)) for number, part in enumerate(parts, start=1)]
        return steps

    def items(self) -> Iterator[Item]:
        """Give each question with its fields and its condition in words."""
        known = {question.code: question for question in self.questions}
        for question in self.questions:
            parent = known.get(question.depends_on)
            yield Item(
                question,
                [self[name] for name in names_of(question)],
                condition_words(question, parent),
                names_of(parent)[0] if parent else "",
                json.dumps(question.depends_values) if parent else "",
            )


def even_parts(items: list[Item]) -> list[list[Item]]:
    """Return the items in parts of at most A_STEP that are as long as each other, give or take one."""
    number = -(-len(items) // A_STEP)
    small, larger = divmod(len(items), number)
    sizes = [small + 1] * larger + [small] * (number - larger)
    starts = [sum(sizes[:place]) for place in range(number)]
    return [items[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def on_scale(value: str) -> int | str:
    """Return a number on a scale, or "na"."""
    return value if value == NOT_APPLICABLE else int(value)


def said_by(question: EvaluationQuestion) -> tuple[Any, ...]:
    """Return all of a question that a reader saw."""
    return (question.kind, question.text, question.help, question.choices, question.rows, question.scale)


def condition_words(question: EvaluationQuestion, parent: EvaluationQuestion | None) -> str:
    """Say when a question is asked, such as: Only if you chose “2, weak” for “How good was it?”"""
    if parent is None:
        return ""
    labels = dict(SCALES.get(Kind(parent.kind), []))
    return chosen_words(parent.text, [str(labels.get(value, value)) for value in question.depends_values])


def names_of(question: EvaluationQuestion) -> list[str]:
    """Return the names of the question's fields: one, or one a statement of a matrix."""
    if question.kind == Kind.MATRIX:
        return [f"q{question.code}_{number}" for number in range(len(question.rows))]
    return [f"q{question.code}"]


def fields_of(question: EvaluationQuestion) -> list[tuple[str, forms.Field]]:
    """Return the fields that take an answer to ``question``, by name."""
    if question.kind == Kind.MATRIX:
        scale = or_not_applicable(scale_words.words_of(question))
        made = [_radios(row, scale, required=question.required) for row in question.rows]
        return list(zip(names_of(question), made, strict=True))
    return [(names_of(question)[0], _field(question))]


def _field(question: EvaluationQuestion) -> forms.Field:
    kind, required = Kind(question.kind), question.required
    hint = question.help or HINTS.get(kind, "")
    if kind == Kind.WORDS:
        return forms.CharField(
            label=question.text,
            help_text=hint,
            required=required,
            max_length=LONGEST_ANSWER,
            widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
            error_messages={"required": _("Type an answer.")},
        )
    given = [(one, one) for one in question.choices]
    if kind == Kind.MANY:
        return forms.MultipleChoiceField(
            label=question.text,
            help_text=hint,
            choices=given,
            required=required,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            error_messages={"required": _("Choose at least one.")},
        )
    if kind in SCALES:
        none: Choices = [] if required or kind == Kind.AGREE else [("", _("No answer"))]
        return _radios(question.text, [*SCALES[kind], *none], required=required, hint=hint)
    none = [("", _("Prefer not to say") if question.splits else _("No answer"))]
    return _radios(question.text, [*given, *([] if required else none)], required=required, hint=hint)


def _radios(label: str, choices: Choices, *, required: bool, hint: Any = "") -> forms.Field:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=required,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Choose one of the answers.")},
    )
