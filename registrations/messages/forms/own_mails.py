"""The words of one of the portal's own mails."""

from django import forms
from django.utils.translation import gettext_lazy

from registrations.messages.domain.own_mails import LONGEST_OPENING
from registrations.models.messages.message import LONGEST_SUBJECT
from stemnet.forms.fields import LineField


class OwnMailForm(forms.Form):
    """A subject and an opening; what is wrong with them is said by the domain."""

    subject = LineField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT, required=False)
    text = forms.CharField(
        label=gettext_lazy("Opening"),
        max_length=LONGEST_OPENING,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("It takes the place of the greeting and the first sentence."),
    )
