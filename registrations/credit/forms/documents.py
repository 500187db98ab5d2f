"""Input about documents: the reason that revoking, replacing and keeping want."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why something is done; kept with the document's history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept with the document. When you revoke or replace, the person gets it by mail."),
    )
