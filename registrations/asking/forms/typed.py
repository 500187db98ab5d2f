"""What forms that set up a question share, be it a network's own or one of its evaluation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from stemnet.one_line import one_line

MOST_OPTIONS, LONGEST_OPTION = 60, 150


def choices_in(text: str) -> list[str]:
    """Return the choices, a line each, without those that are there twice.

    Raises ValidationError for too many, or one that is too long.
    """
    lines = [one_line(line) for line in text.splitlines()]
    options = list(dict.fromkeys(line for line in lines if line))
    if len(options) > MOST_OPTIONS:
        raise forms.ValidationError(_("Type at most %(most)d choices.") % {"most": MOST_OPTIONS})
    if long := next((one for one in options if len(one) > LONGEST_OPTION), None):
        words = _("“%(choice)s…” is too long. Use at most %(most)d characters.")
        raise forms.ValidationError(words % {"choice": long[:40], "most": LONGEST_OPTION})
    return options


def conditions_shown(form: forms.Form, given: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Return the answers that a question can depend on, by question, and whether each is chosen."""
    chosen = set(form["condition"].value() or [])
    return [
        {"label": label, "answers": [(value, words, value in chosen) for value, words in answers]}
        for label, answers in given
    ]
