"""The field of each kind of question, and the way between what it gives and what a row keeps."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from registrations.models import Question, QuestionVersion
from stemnet.exceptions import FileRefused
from stemnet.file_kinds import check_content, clean_name
from stemnet.forms.fields import LineField

Kind = Question.Kind
RADIOS = 7  # as many choices are seen at once; more are a list to open


class QuestionFileField(forms.FileField):
    """A file of a kind that we take, by what is in it, and not too large."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file with a clean name, or what was there before."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        most = settings.ANSWER_FILE_MB * 1024 * 1024
        if file.size is None or file.size > most:
            words = _("This file is too large. Choose one of at most %(size)s.")
            raise forms.ValidationError(words % {"size": filesizeformat(most)})
        try:
            file.name = clean_name(str(file.name))
            check_content(cast(Any, file), file.name)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        file.seek(0)
        return file


def field_for(version: QuestionVersion) -> forms.Field:
    """Return the field that asks one question."""
    question = version.question
    field = _MAKERS[Kind(question.kind)](version)
    field.label, field.help_text = version.label, version.help
    field.required = question.required
    field.widget.is_required = question.required
    field.error_messages["required"] = _REQUIRED[Kind(question.kind)]()
    return field


def _choice(version: QuestionVersion) -> forms.Field:
    given = [(one, one) for one in version.options]
    if len(given) > RADIOS:
        return forms.ChoiceField(choices=[("", _("Choose one")), *given])
    empty = [] if version.question.required else [("", _("No answer"))]
    return forms.ChoiceField(choices=[*given, *empty], widget=forms.RadioSelect)


def _many(version: QuestionVersion) -> forms.Field:
    given = [(one, one) for one in version.options]
    return forms.MultipleChoiceField(choices=given, widget=forms.CheckboxSelectMultiple)


def _number(version: QuestionVersion) -> forms.Field:
    question = version.question
    return forms.DecimalField(
        min_value=None if question.least is None else Decimal(question.least),
        max_value=None if question.most is None else Decimal(question.most),
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


_MAKERS: dict[Kind, Callable[[QuestionVersion], forms.Field]] = {
    Kind.TEXT: lambda version: LineField(max_length=300),
    Kind.LONG: lambda version: forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3})),
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.NUMBER: _number,
    Kind.DATE: lambda version: forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")),
    Kind.FILE: lambda version: QuestionFileField(),
    Kind.AGREEMENT: lambda version: forms.BooleanField(),
}
_REQUIRED = {
    Kind.TEXT: lambda: _("Type an answer."),
    Kind.LONG: lambda: _("Type an answer."),
    Kind.CHOICE: lambda: _("Choose one."),
    Kind.MANY: lambda: _("Choose at least one."),
    Kind.NUMBER: lambda: _("Type a number."),
    Kind.DATE: lambda: _("Choose a date."),
    Kind.FILE: lambda: _("Choose a file."),
    Kind.AGREEMENT: lambda: _("Check this box. It's required."),
}


def value_of(kind: str, cleaned: Any) -> Any:
    """Return what a field gave as a row keeps it; None where it was left empty."""
    if kind == Kind.AGREEMENT:
        return bool(cleaned)
    if cleaned in (None, "", []):
        return None
    if kind == Kind.NUMBER:
        return f"{cleaned.normalize():f}"
    if kind == Kind.DATE:
        return cleaned.isoformat()
    if kind == Kind.FILE:
        return cleaned.name if isinstance(cleaned, UploadedFile) else str(cleaned)
    return cleaned.replace("\r\n", "\n") if isinstance(cleaned, str) else cleaned


def initial_of(kind: str, value: Any) -> Any:
    """Return what a field shows at first of what a row keeps; nothing of what it can't read."""
    if value is None:
        return None
    try:
        if kind == Kind.NUMBER:
            return Decimal(value)
        if kind == Kind.DATE:
            return date.fromisoformat(value)
    except (InvalidOperation, ValueError, TypeError):
        return None
    return value
