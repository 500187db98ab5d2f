"""Which of two stays, and which of them each field is taken from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Person

ONE, OTHER = "one", "other"


class MergeForm(forms.Form):
    """One choice a field that differs; empty fields are filled from the other by themselves."""

    keep = forms.ChoiceField(label=_("Which one stays"), widget=forms.RadioSelect, initial=ONE)

    def __init__(self, *args: Any, one: Any, other: Any, fields: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {ONE: one, OTHER: other}
        self._choices("keep", str(one), str(other))
        for name in fields:
            mine, theirs = shown(one, name), shown(other, name)
            if mine != theirs:
                label = one._meta.get_field(name).verbose_name.capitalize()
                self._add(name, label, mine, theirs)
        if isinstance(one, Person) and one.primary_address and other.primary_address:
            self._add("primary", _("Primary address"), one.primary_address, other.primary_address)

    def decision(self) -> dict[str, Any]:
        """Return which stays, which goes, and the fields that are taken from the one that goes."""
        keep = self.cleaned_data["keep"]
        gone = OTHER if keep == ONE else ONE
        take = {name for name, side in self.cleaned_data.items() if name != "keep" and side == gone}
        return {"kept": self.sides[keep], "gone": self.sides[gone], "take": take}

    def _add(self, name: str, label: Any, mine: str, theirs: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, widget=forms.RadioSelect)
        self.initial[name] = ONE if mine else OTHER
        self._choices(name, mine, theirs)

    def _choices(self, name: str, mine: str, theirs: str) -> None:
        empty = _("(empty)")
        self.fields[name].choices = [(ONE, mine or empty), (OTHER, theirs or empty)]  # type: ignore[attr-defined]


def shown(row: Any, name: str) -> str:
    """Return the value of a field as people read it; text is cut after 200 characters."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return "" if value is None else str(value)[:200]
