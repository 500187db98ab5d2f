"""What a coordinator types to set up one question of an evaluation."""

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.asking.forms.typed import choices_in, conditions_shown
from registrations.evaluation.domain.questionnaires import Plan, answers_to
from registrations.evaluation.forms.answering import SCALES
from registrations.models import EvaluationQuestion
from stemnet.forms.fields import LineField, SentOnceField, field_of

Kind = EvaluationQuestion.Kind
MOST_ROWS = 10


class EvaluationQuestionForm(forms.Form):
    """One question: its words, how it is answered, in which section it stands, and when it is asked."""

    uid = SentOnceField()
    text = LineField(
        label=gettext_lazy("Question"),
        max_length=300,
        error_messages={"required": gettext_lazy("Type the question.")},
    )
    help = LineField(label=gettext_lazy("Help"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("How is it answered?"), choices=Kind.choices)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        max_length=10_000,
        help_text=gettext_lazy("One on each line, if people choose."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    rows = forms.CharField(
        label=gettext_lazy("Statements of a matrix"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy("One on each line. People answer each on the scale below."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    scale = forms.ChoiceField(
        label=gettext_lazy("Scale of a matrix"),
        choices=EvaluationQuestion.Scale.choices,
        initial=EvaluationQuestion.Scale.AGREE,
        required=False,
    )
    required = forms.BooleanField(label=gettext_lazy("Required"), required=False)
    splits = forms.BooleanField(
        label=gettext_lazy("Compare the other answers by this one"),
        required=False,
        help_text=gettext_lazy(
            "For one choice of several that says something about a person, such as their work. Groups of "
            "fewer than five are never shown."
        ),
    )
    section = LineField(
        label=gettext_lazy("Section"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "A heading above the question. Questions of one section that follow each other share it."
        ),
    )
    condition = forms.MultipleChoiceField(
        label=gettext_lazy("Ask only after this answer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Leave empty to ask everyone."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, earlier: Sequence[EvaluationQuestion] = (), **kwargs: Any) -> None:
        """Make the form of one question; it can depend on those of ``earlier``."""
        super().__init__(*args, **kwargs)
        self.earlier = [one for one in earlier if answers_to(one) and not one.splits]
        field_of(self, "condition", forms.MultipleChoiceField).choices = self._conditions()
        if not self.earlier:
            del self.fields["condition"]

    def _conditions(self) -> list[tuple[str, Any]]:
        """Return the answers that a question can depend on, grouped by their question."""
        found: list[tuple[str, Any]] = []
        for one in self.earlier:
            labels = dict(SCALES.get(Kind(one.kind), []))
            answers = [(f"{one.code} {value}", labels.get(value, value)) for value in answers_to(one)]
            found.append((one.text, answers))
        return found

    @property
    def wants(self) -> dict[str, str]:
        """Return for which kinds each field is there, as JSON that the page's script reads.

        What is wrong with a field keeps it there.
        """
        kinds = {
            "choices": EvaluationQuestion.PICKED,
            "rows": [Kind.MATRIX],
            "scale": [Kind.MATRIX],
            "splits": [Kind.CHOICE],
        }
        return {
            name: json.dumps(list(map(str, every)))
            for name, every in kinds.items()
            if name not in self.errors
        }

    def conditions(self) -> list[dict[str, Any]]:
        """Return the answers that a question can depend on, by question, and whether each is chosen."""
        return conditions_shown(self, self._conditions())

    def clean_choices(self) -> list[str]:
        """Return the choices, a line each, without those that are there twice."""
        return choices_in(self.cleaned_data["choices"])

    def clean_rows(self) -> list[str]:
        """Return the statements, a line each, without those that are there twice."""
        rows = choices_in(self.cleaned_data["rows"])
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(_("Type at most %(most)d statements.") % {"most": MOST_ROWS})
        return rows

    def clean(self) -> dict[str, Any]:
        """Want choices, statements and one condition where they are needed."""
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if kind in EvaluationQuestion.PICKED and "choices" not in self.errors and len(data["choices"]) < 2:
            self.add_error("choices", _("Type at least two choices, one on each line."))
        if kind == Kind.MATRIX and "rows" not in self.errors and not data["rows"]:
            self.add_error("rows", _("Type at least one statement, each on its own line."))
        if data.get("splits") and kind != Kind.CHOICE:
            self.add_error("splits", _("Answers are compared by one choice of several only."))
        chosen = {value.partition(" ")[0] for value in data.get("condition") or []}
        if len(chosen) > 1:
            self.add_error("condition", _("Choose answers to one question only."))
        if chosen and data.get("splits"):
            self.add_error("splits", _("Everyone has to be asked what answers are compared by."))
        return data

    def plan(self) -> Plan:
        """Return the question as it is to be."""
        data = self.cleaned_data
        chosen = [value.partition(" ") for value in data.get("condition") or []]
        return Plan(
            text=data["text"],
            help=data["help"],
            kind=data["kind"],
            section=data["section"],
            choices=data["choices"] if data["kind"] in EvaluationQuestion.PICKED else [],
            rows=data["rows"] if data["kind"] == Kind.MATRIX else [],
            scale=(data["kind"] == Kind.MATRIX and data["scale"]) or EvaluationQuestion.Scale.AGREE,
            required=data["required"],
            splits=data["splits"],
            depends_on=chosen[0][0] if chosen else "",
            depends_values=[value for _code, _space, value in chosen],
        )


def initial_of(question: EvaluationQuestion, edition: int) -> dict[str, Any]:
    """Return what the form of a question shows at first."""
    plain = ("text", "help", "kind", "section", "scale", "required", "splits")
    return {
        **{name: getattr(question, name) for name in plain},
        "choices": "\n".join(question.choices),
        "rows": "\n".join(question.rows),
        "condition": [f"{question.depends_on} {value}" for value in question.depends_values],
        "seen": edition,
    }
