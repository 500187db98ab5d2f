"""The form of an educator number."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import NumberKind
from stemnet.forms.fields import LineField, field_of


class EducatorNumberForm(forms.Form):
    """Which number, the number as it is written, and whether documents carry it."""

    kind = forms.ChoiceField(label=_("Kind of number"))
    number = LineField(
        label=_("Number"),
        max_length=60,
        help_text=_(
            "Type it as it's written, with its zeros. Never type a Social Security number or a birth date."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    on_documents = forms.BooleanField(label=_("Print it on my documents"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[NumberKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "kind", forms.ChoiceField).choices = [(kind.value, kind.label) for kind in kinds]

    def clean_kind(self) -> NumberKind:
        """Return the kind itself."""
        return NumberKind(self.cleaned_data["kind"])
