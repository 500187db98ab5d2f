"""A state or territory, typed by its two letters or by its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.importing.exceptions import CellRefused
from partners.importing.imports import cells

LONGEST = 40


class StateField(forms.CharField):
    """Clean what was typed into two letters; empty stays empty."""

    def __init__(self, **options: Any) -> None:
        given = {"label": _("State"), "required": False, "max_length": LONGEST, **options}
        super().__init__(**given)

    def clean(self, value: Any) -> str:
        """Return the two letters, or refuse in the words of an import."""
        typed: str = super().clean(value)
        try:
            return cells.state(typed) if typed else ""
        except CellRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
