"""Standards typed by their codes, as teachers write them: "6.MS-PS4-1, HS-PS3-2"."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.models import Standard
from stemnet.code_search import coded
from stemnet.forms.fields import LineField

BETWEEN = re.compile(r"[,;\n]+|\s{2,}")
MOST = 20
SHOWN = 5


class StandardsField(LineField):
    """Codes between commas, cleaned into rows; a part of a code is enough where one standard has it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Standards"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault(
            "help_text", gettext_lazy("Their codes, separated by commas. For example: 6.MS-PS4-1, HS-PS3-2.")
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show the codes of rows; what was typed stays as typed."""
        if value is None or isinstance(value, str):
            return value
        return ", ".join(one.code for one in value)

    def clean(self, value: Any) -> list[Standard]:
        """Return the standards. Refuses a code that nobody knows, and a part that several have."""
        typed = [one.strip() for one in BETWEEN.split(super().clean(value)) if one.strip()]
        if len(typed) > MOST:
            raise forms.ValidationError(
                ngettext("Choose %(n)s standard at most.", "Choose %(n)s standards at most.", MOST)
                % {"n": MOST}
            )
        rows = list(Standard.objects.called(typed).select_related("replaced_by"))
        newest = {row: [row, *row.successors()][-1] for row in rows}
        found = {coded(code): newest[row] for row in rows for code in row.codes[1:]}
        found |= {coded(row.code): newest[row] for row in rows}  # a code of now before one of then
        return list(dict.fromkeys(found.get(coded(one)) or _by_part(one) for one in typed))


class StandardPartField(LineField):
    """A standard's code or a part of it, by which a list is narrowed; cleaned into its plain form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Standard"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"placeholder": "MS-PS4"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the code as columns of codes hold it; nothing where no letter or digit was typed."""
        typed = super().clean(value)
        return coded(typed) if any(map(str.isalnum, typed)) else ""


def _by_part(typed: str) -> Standard:
    """Return the one offered standard of whose code ``typed`` is a part."""
    offered = list(Standard.objects.offered().with_part(coded(typed))[: SHOWN + 1])
    if len(offered) == 1:
        return offered[0]
    if not offered:
        raise forms.ValidationError(_("We don't know the standard “%(code)s”.") % {"code": typed})
    raise forms.ValidationError(
        _("“%(code)s” could be %(codes)s. Type the whole code.") % {"code": typed, "codes": _several(offered)}
    )


def _several(rows: Iterable[Standard]) -> str:
    codes = [one.code for one in rows]
    return ", ".join(codes[:SHOWN]) + (_(", or another one") if len(codes) > SHOWN else "")
