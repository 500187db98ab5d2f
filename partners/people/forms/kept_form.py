"""What a page sends to keep a form: which one, whose, and its fields."""

import re
from typing import Any

from django import forms
from django.http import QueryDict

from stemnet.forms.sent_json import read_json

MOST_LETTERS = 400_000
NAME = re.compile(r"[\w:.-]{1,200}", re.ASCII)
# What belongs to one page or one moment is never kept: tokens, buttons, codes, and the form's own marks.
NOT_KEPT = {"csrfmiddlewaretoken", "act", "kept_form", "kept_account", "code", "password"}


class KeptFormForm(forms.Form):
    """A form to keep; ``fields`` is JSON: a list of names and values."""

    form = forms.RegexField(NAME, max_length=200)
    account = forms.CharField(max_length=64)
    typed = forms.CharField(max_length=MOST_LETTERS, required=False, strip=False)

    def clean_typed(self) -> list[tuple[str, str]]:
        """Return the fields; nothing else than pairs of words."""
        try:
            rows = read_json(self.cleaned_data["typed"] or "[]")
        except ValueError as no:
            raise forms.ValidationError("JSON") from no
        if not isinstance(rows, list) or not all(is_field(row) for row in rows):
            raise forms.ValidationError("JSON")
        return [(name, value) for name, value in rows if name not in NOT_KEPT]


def is_field(row: Any) -> bool:
    """Return whether ``row`` is a name and a value."""
    return isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) for part in row)


def fields_of(data: QueryDict) -> list[tuple[str, str]]:
    """Return the fields of a form that was sent, in order, as they are kept."""
    return [(name, value) for name, values in data.lists() if name not in NOT_KEPT for value in values]


def fits(data: QueryDict) -> bool:
    """Return whether what was sent is named, and small enough to be kept."""
    return bool(NAME.fullmatch(data.get("kept_form", ""))) and is_small(data)


def is_small(data: QueryDict) -> bool:
    """Return whether what was sent is small enough to be kept."""
    return sum(len(name) + len(value) for name, value in fields_of(data)) <= MOST_LETTERS
