"""Questions of a network's own, within a form: one field each, asked where its condition holds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Question, QuestionVersion
from registrations.seats.domain.answering import Given
from registrations.seats.domain.conditions import shown
from registrations.seats.domain.questions import condition_words, kept_words, reader_words
from registrations.seats.forms.question_fields import field_for, initial_of, value_of

ASKED = "asked"


@dataclass(frozen=True)
class AskedField:
    """One question as a template shows it: its field, when it is asked, and who reads the answer."""

    field: BoundField
    version: QuestionVersion
    condition: str
    readers: str
    kept: str
    shown_if: str
    shown_values: str


class AsksQuestions(forms.Form):
    """A form that also asks questions, and remembers which wordings it showed."""

    versions_asked: Sequence[QuestionVersion] = ()
    fixed: Mapping[int, Any] = {}

    def ask(
        self,
        versions: Sequence[QuestionVersion],
        *,
        values: Mapping[int, Any] | None = None,
        fixed: Mapping[int, Any] | None = None,
    ) -> None:
        """Add the fields of ``versions``; ``values`` were answered before, ``fixed`` stay as they are."""
        self.versions_asked, self.fixed = versions, fixed or {}
        for version in versions:
            self.fields[name_of(version)] = field_for(version)
            value = (values or {}).get(version.question_id)
            self.initial[name_of(version)] = initial_of(version.question.kind, value)

    @property
    def asking(self) -> str:
        """Return the wordings on this page, which come back with it."""
        return ",".join(f"{version.question_id}.{version.number}" for version in self.versions_asked)

    def question_fields(self) -> list[AskedField]:
        """Return the questions in their order."""
        return [self._asked(version) for version in self.versions_asked]

    def _asked(self, version: QuestionVersion) -> AskedField:
        question = version.question
        here = {one.question_id: one for one in self.versions_asked}
        parent = here.get(question.depends_on_id or 0)
        return AskedField(
            field=self[name_of(version)],
            version=version,
            condition=condition_words(question, self.versions_asked),
            readers=reader_words(version),
            kept=kept_words(question),
            shown_if=name_of(parent) if parent else "",
            shown_values=json.dumps(question.depends_values) if parent else "",
        )

    def clean(self) -> dict[str, Any]:
        """Ask only what the conditions say, and again what was worded differently meanwhile."""
        data = super().clean() or self.cleaned_data
        asked = {version.pk for version in self._shown(data)}
        sent = self._sent()
        for version in self.versions_asked:
            if version.pk not in asked:
                self.errors.pop(name_of(version), None)
            elif (before := sent.get(version.question_id)) != version.number:
                self._ask_again(version, is_new=before is None)
        return data

    def _ask_again(self, version: QuestionVersion, *, is_new: bool) -> None:
        """Refuse a form that was opened before a question was worded so."""
        self.errors.pop(name_of(version), None)
        if is_new:
            words = _("This question was added after you opened the page. Answer it, too.")
        else:
            words = _("The wording changed after you opened the page. Read it and answer again.")
        self.add_error(name_of(version), words)

    def _sent(self) -> dict[int, int]:
        """Return the numbers of the wordings that the page showed, by the key of the question."""
        return pairs_in(str(self.data.get(ASKED, "")))

    @property
    def gone_words(self) -> str:
        """Say that questions which the page showed are not asked anymore; nothing where all are."""
        number = len(set(self._sent()) - {version.question_id for version in self.versions_asked})
        words = ngettext(
            "One question isn't asked anymore, so we left out your answer to it.",
            "%(n)d questions aren't asked anymore, so we left out your answers to them.",
            number,
        )
        return words % {"n": number} if number else ""

    def _shown(self, data: Mapping[str, Any]) -> list[QuestionVersion]:
        """Return the questions whose condition holds for what was typed."""
        return shown(self.versions_asked, {**self.fixed, **self._values(data)})

    def _values(self, data: Mapping[str, Any]) -> dict[int, Any]:
        return {
            version.question_id: value_of(version.question.kind, data.get(name_of(version)))
            for version in self.versions_asked
        }

    def given(self) -> list[Given]:
        """Return what was answered to the questions that are asked."""
        values = self._values(self.cleaned_data)
        return [
            Given(version.pk, values[version.question_id], self._file(version))
            for version in self._shown(self.cleaned_data)
        ]

    def _file(self, version: QuestionVersion) -> Any:
        """Return the file that was chosen now, if any."""
        file = self.cleaned_data.get(name_of(version))
        is_file = version.question.kind == Question.Kind.FILE and isinstance(file, UploadedFile)
        return file if is_file else None


def pairs_in(text: str) -> dict[int, int]:
    """Read numbers by the keys of questions, such as "12.1,13.4"; what is none is left out."""
    pairs = [one.partition(".") for one in text[:4000].split(",")]
    whole = [(key, number) for key, _dot, number in pairs if key.isdecimal() and number.isdecimal()]
    return {int(key): int(number) for key, number in whole if len(key) < 12 and len(number) < 9}


def name_of(version: QuestionVersion) -> str:
    """Return the name of the field of a question, for every wording the same, so that what is typed stays."""
    return f"question_{version.question_id}"
