"""The form of a version of a credit rule in the admin."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import CreditRule

CODE = re.compile(r"^[a-z][a-z0-9_]{0,15}$")


class CategoriesField(forms.CharField):
    """Categories, one a line: a code, a colon and what it is called."""

    def __init__(self, **kwargs: Any) -> None:
        plain = {
            "label": gettext_lazy("Categories"),
            "required": False,
            "widget": forms.Textarea(attrs={"rows": 6}),
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
