"""Minutes by category as people type them: "STEM 120, Equity 60"."""

import re
from collections.abc import Iterable
from datetime import time
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.planning.domain import categories
from meetings.planning.domain.categories import Choices, Shares
from meetings.planning.domain.planning import minutes_between
from meetings.planning.exceptions import PlanRefused
from stemnet.forms.fields import field_of

SHARE = re.compile(r"^(.+?)\s*[:=]?\s*(\d{1,4})\s*(?:min(?:ute)?s?\.?)?$", re.IGNORECASE)
BETWEEN = re.compile(r"[,;\n]")


class TypedShare(NamedTuple):
    """One category as it was typed, and its minutes."""

    words: str
    minutes: int


class SharesField(forms.CharField):
    """Several of ``choices`` with their minutes in one line; `placed` then finds which are meant."""

    choices: Choices = []  # those of the rule, put here by the page

    def __init__(self, **kwargs: Any) -> None:
        plain = {
            "label": gettext_lazy("Minutes by category"),
            "required": False,
            "max_length": 300,
            "help_text": gettext_lazy(
                "If the meeting has several, for example: STEM 120, Equity 60. They add up to its length."
            ),
        }
        super().__init__(**{**plain, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Return minutes by category as they would be typed."""
        return as_typed(value, self.choices) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would have been typed."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> list[TypedShare]:
        """Return what was typed, piece by piece. Raises ValidationError for a piece without minutes."""
        pieces = [piece.strip() for piece in BETWEEN.split(super().clean(value) or "")]
        return [typed(piece) for piece in pieces if piece]


def typed(piece: str) -> TypedShare:
    """Return one piece as a category and its minutes. Raises ValidationError."""
    found = SHARE.match(piece)
    if found is None:
        raise ValidationError(
            _("Type a category and its minutes, like STEM 120, not “%(words)s”.") % {"words": piece}
        )
    return TypedShare(found[1], int(found[2]))


def placed(typed: Iterable[TypedShare], choices: Choices) -> Shares:
    """Return the minutes of each category of ``choices`` that was typed. Raises ValidationError."""
    codes = {name.casefold(): code for code, label in choices for name in (code, str(label))}
    found = []
    for one in typed:
        code = codes.get(" ".join(one.words.casefold().split()))
        if code is None:
            words = {"words": one.words, "these": ", ".join(str(label) for _code, label in choices)}
            raise ValidationError(_("“%(words)s” isn't a category of the rule: %(these)s.") % words)
        found.append((code, one.minutes))
    return found


def place_shares(form: forms.Form, start: time, end: time) -> None:
    """Find the categories that a clean form names, or put the "no" at their field."""
    choices = field_of(form, "category_minutes", SharesField).choices
    try:
        shares = placed(form.cleaned_data.get("category_minutes") or [], choices)
        categories.check(shares, length=minutes_between(start, end))
    except ValidationError as refusal:
        form.add_error("category_minutes", refusal)
    except PlanRefused as refusal:
        form.add_error("category_minutes", str(refusal))
    else:
        form.cleaned_data["category_minutes"] = shares


def as_typed(shares: Shares, choices: Choices) -> str:
    """Return minutes by category as they would be typed into the field.

    A category with a comma in what it's called stands there by its code.
    """
    labels = {code: code if BETWEEN.search(str(label)) else label for code, label in choices}
    return ", ".join(f"{labels.get(code, code)} {minutes}" for code, minutes in shares)
