"""What every form that narrows a list has in common."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def any_or(choices: Any) -> list[tuple[str, Any]]:
    """Return ``choices`` behind "Any", which narrows nothing."""
    return [("", _("Any")), *choices]


class FilterForm(forms.Form):
    """Fields that are all optional; a value that is no choice counts as none."""

    @property
    def narrowed(self) -> bool:
        """Return whether anything was asked for."""
        return any(self.chosen().values())

    def chosen(self) -> dict[str, str]:
        """Return what was validly asked for, a field each."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
