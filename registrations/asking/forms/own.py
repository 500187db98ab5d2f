"""The answers on one's own page, with the revisions that it showed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from registrations.asking.domain.own_answers import Own
from registrations.models import Question, QuestionVersion
from registrations.seats.domain.answering import Given, values_of
from registrations.seats.forms.questions import AsksQuestions, name_of, pairs_in

REMOVE = "_remove"


class OwnAnswersForm(AsksQuestions):
    """What is asked of somebody who is registered, and can be changed now."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)

    def __init__(self, *args: Any, own: Own, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        values = values_of(own.answers.values())
        changeable = {version.question_id for version in own.open}
        fixed = {key: value for key, value in values.items() if key not in changeable}
        self.ask(own.open, values=values, fixed=fixed)
        for version in own.open:
            if version.question.kind == Question.Kind.FILE:
                self.fields[name_of(version) + REMOVE] = forms.BooleanField(required=False)
                self.fields[name_of(version)].required &= not values.get(version.question_id)

    @property
    def revisions(self) -> str:
        """Return which revisions this page shows, and comes back with."""
        return ",".join(f"{key}.{one.revision}" for key, one in self.own.answers.items())

    def seen_revisions(self) -> Mapping[int, int]:
        """Return the revisions that the page showed, by the key of the question."""
        return pairs_in(self.cleaned_data["seen"])

    def given(self) -> list[Given]:
        """Return what was answered; a file that nobody touched stays, one that was removed goes."""
        return [self._with_file(one, self._version(one)) for one in super().given()]

    def _version(self, one: Given) -> QuestionVersion:
        return next(version for version in self.versions_asked if version.pk == one.version)

    def _with_file(self, one: Given, version: QuestionVersion) -> Given:
        if version.question.kind != Question.Kind.FILE or one.file is not None:
            return one
        removes = self.cleaned_data.get(name_of(version) + REMOVE) and not version.question.required
        known = self.own.answers.get(version.question_id)
        return Given(one.version, None if removes or known is None else known.value)
