"""Input about documents: the reason that revoking, replacing and keeping want."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why something is done; kept with the document's history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "We keep it with the document. If you revoke or replace the document, we e-mail it to the person."
        ),
    )
