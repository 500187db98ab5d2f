"""What staff say when they delete somebody's data on request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stemnet.forms.fields import LineField


class DeleteForm(forms.Form):
    """How it was asked for, and that it is meant."""

    reason = LineField(
        label=_("How they asked for it"),
        max_length=300,
        help_text=_("For example: by phone on May 3. We keep this without their name."),
    )
    sure = forms.BooleanField(
        label=_("They asked for it, and I've made sure it was them"),
        error_messages={"required": _("Make sure first that it was them who asked.")},
    )
