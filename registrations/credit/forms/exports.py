"""Input about exports: which file one wants."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExportForm(forms.Form):
    """The kind of file."""

    KINDS = [
        ("xlsx", _("One Excel file (XLSX) with three sheets")),
        ("csv", _("A ZIP with three CSV files")),
        ("people", _("People only, as CSV for mail merge")),
        ("meetings", _("People and meetings only, as CSV")),
        ("rule", _("The rule only, as CSV")),
    ]
    kind = forms.ChoiceField(label=_("File"), choices=KINDS, initial="xlsx", widget=forms.RadioSelect)
