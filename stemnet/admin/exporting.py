"""Exporting a selection: what will be in the file is shown first, then it is handed out."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stemnet.admin.acts import Act, Asking, Line, Words


class KindForm(forms.Form):
    """Which kind of file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[("xlsx", gettext_lazy("Excel (XLSX)")), ("csv", gettext_lazy("Text (CSV)"))],
        initial="xlsx",
    )


class Export(Act):
    """Hand out the chosen rows as a table; a list says how in `table`."""

    name = "export"
    label = gettext_lazy("Export")
    icon = "download"
    permission = "view"
    form_class = KindForm
    hands_out = True
    promises: ClassVar[Sequence[Words]] = (
        gettext_lazy("Your browser saves the file. Nothing changes in the portal."),
    )

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return every row."""
        return [Line(row.pk, str(row)) for row in rows]

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        return ngettext("Export %(n)s row?", "Export %(n)s rows?", number) % {"n": number}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Export %(n)s row", "Export %(n)s rows", number) % {"n": number}

    def will(self) -> str:
        """Return the heading above them."""
        return _("In the file")
