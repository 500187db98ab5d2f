"""The form of a version of a credit rule in the admin."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import local_day
from registrations.credit.domain import versions
from registrations.models import CreditRule

TRY = "_try"  # the button that saves nothing
LINES = {"source": 2, "statement": 3, "suspended": 2}
IN_PLACE = {"effective_to", "source"}  # what may be written into a version that others go by
LEAST: dict[str, int | Decimal] = {  # what an amount is at least; a unit without minutes divides by nothing
    "version": 1,
    "minutes_per_unit": 1,
    "multiplier": Decimal("0.01"),
    "total_increment": 0,
    "minimum": 0,
    "cap": 0,
    "presenter_multiplier": 0,
    "presenter_cap": 0,
    "retention_years": 1,
}
MOST: dict[str, int | Decimal] = {"session_min_percent_for_any_credit": 100, "retention_years": 100}
CODE = re.compile(r"^[a-z][a-z0-9_]{0,15}$")


class CategoriesField(forms.CharField):
    """Categories, one a line: a code, a colon and what it is called."""

    def __init__(self, **kwargs: Any) -> None:
        plain = {
            "label": gettext_lazy("Categories"),
            "required": False,
            "widget": forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
            "help_text": gettext_lazy(
                "One a line, in their order on documents: stem: STEM. Leave empty where the state has none."
            ),
        }
        super().__init__(**{**plain, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Return the pairs as lines."""
        return "\n".join(f"{code}: {label}" for code, label in value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lines with lines."""
        return super().has_changed(self.prepare_value(initial), str(data or "").replace("\r\n", "\n"))

    def clean(self, value: Any) -> list[list[str]]:
        """Return the pairs. Raises ValidationError for a line that is none, or a code that comes twice."""
        lines = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        found = dict(self._pair(line) for line in lines)
        if len(found) < len(lines):
            raise forms.ValidationError(_("Each category needs a code of its own."))
        return [[code, label] for code, label in found.items()]

    def _pair(self, line: str) -> tuple[str, str]:
        code, _colon, label = (piece.strip() for piece in line.partition(":"))
        if not CODE.match(code) or not label:
            raise forms.ValidationError(
                _("Type each category like stem: STEM, with a code of small letters, not “%(line)s”.")
                % {"line": line}
            )
        return code, label


class CreditRuleForm(forms.ModelForm[CreditRule]):
    """One version of a rule."""

    categories = CategoriesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in LINES.items():
            if name in self.fields:
                self.fields[name].widget = forms.Textarea({"rows": rows, "class": "vLargeTextField"})
        self._bound(LEAST, MinValueValidator)
        self._bound(MOST, MaxValueValidator)
        self.fixed = bool(self.instance.pk) and versions.is_fixed(self.instance, today=today())
        if self.fixed and "effective_from" in self.fields:
            self.fields["effective_from"].help_text = _(
                "What you change becomes the next version. Type the day from which that is in effect."
            )

    def _bound(self, amounts: Mapping[str, int | Decimal], validator: Callable[..., Any]) -> None:
        """Let the form refuse what is outside these amounts."""
        for name, amount in amounts.items():
            if name in self.fields:
                self.fields[name].validators.append(validator(amount))

    @property
    def becomes_next(self) -> bool:
        """Return whether what was typed is another version than the one that it was typed over."""
        return self.fixed and bool(set(self.changed_data) - IN_PLACE)

    @property
    def is_trial(self) -> bool:
        """Return whether it is only tried on a network."""
        return TRY in self.data

    def clean(self) -> dict[str, Any]:
        """Want a day for a version that others don't go by already."""
        cleaned = super().clean() or self.cleaned_data
        day, last = cleaned.get("effective_from"), cleaned.get("effective_to")
        if day and last and last < day:
            self.add_error("effective_to", _("This is before the day from which it's in effect."))
        if self.becomes_next and not self.is_trial and day and day <= today():
            words = {"next": versions.next_number(self.instance.code), "now": self.instance.version}
            self.add_error(
                "effective_from",
                _(
                    "These values become version %(next)s, and version %(now)s stays as it is. Type the day "
                    "from which the new one is in effect, after today."
                )
                % words,
            )
        return cleaned


def today() -> date:
    """Return the day of today where the portal is."""
    return local_day(timezone.now())
