"""Typing the code from the mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stemnet.forms.fields import LineField


class CodeForm(forms.Form):
    """Six digits, with or without spaces."""

    code = LineField(
        label=_("Code from the e-mail"),
        max_length=40,
        error_messages={"required": _("Type the 6-digit code from the e-mail.")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "form-control-lg code-input",
            }
        ),
    )
