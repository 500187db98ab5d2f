"""A state or territory, typed by its two letters or by its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.people.exceptions import UnknownState
from partners.people.states import letters_of
from stemnet.forms.fields import LineField

LONGEST = 40


class StateField(LineField):
    """Clean what was typed into two letters; empty stays empty."""

    def __init__(self, **options: Any) -> None:
        given = {"label": _("State"), "required": False, "max_length": LONGEST, **options}
        super().__init__(**given)

    def clean(self, value: Any) -> str:
        """Return the two letters, or refuse what is no state."""
        typed: str = super().clean(value)
        try:
            return letters_of(typed) if typed else ""
        except UnknownState as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
