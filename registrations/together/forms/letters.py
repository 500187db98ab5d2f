"""A letter to somebody of the network, and what one reports or hides."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from registrations.together.domain.letters import Words
from stemnet.forms.fields import LineField, SentOnceField
from stemnet.forms.texts import SeenText


class LetterForm(forms.Form):
    """What somebody writes, and whether they show their own address."""

    uid = SentOnceField()
    text = SeenText(label=_("Your letter"), max_length=2000, widget=forms.Textarea(attrs={"rows": 7}))
    shows_address = forms.BooleanField(
        label=_("Show them my e-mail address"),
        required=False,
        help_text=_("Without it they answer here, and neither of you sees the other's address."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"uid": uuid4()}, **kwargs})

    def words(self) -> Words:
        """Return what was typed."""
        values = self.cleaned_data
        return Words(uid=values["uid"] or uuid4(), text=values["text"], shows_address=values["shows_address"])


class ReportForm(forms.Form):
    """What is wrong with what somebody wrote."""

    reason = LineField(label=_("What's wrong?"), max_length=500)


class HideForm(forms.Form):
    """Why staff hide something."""

    reason = LineField(
        label=_("Why it's hidden"), max_length=300, help_text=_("The person who wrote it reads this reason.")
    )
