"""What is typed about a meeting once it is held: its minutes and decisions, and who takes notes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models.gathering.minutes import LONGEST
from partners.models import Person
from stemnet.forms.fields import AddressField
from stemnet.forms.texts import MARKDOWN_HELP, LongText


class MinutesForm(forms.Form):
    """The minutes and decisions, and the revision that the page began from."""

    decisions = LongText(
        label=_("Decisions"),
        max_length=LONGEST,
        required=False,
        rows=4,
        help_text=_("One per line. They're numbered in this order."),
    )
    text = LongText(label=_("Minutes"), max_length=LONGEST, required=False, rows=18, help_text=MARKDOWN_HELP)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def words(self) -> dict[str, str]:
        """Return what was typed, by the name of its column."""
        return {name: self.cleaned_data[name] for name in ("decisions", "text")}


class PublishForm(forms.Form):
    """Who may read the minutes."""

    public = forms.BooleanField(
        label=_("Everyone can read them, even without signing in"),
        required=False,
        help_text=_("Otherwise only people who are registered or came, and staff."),
    )


class NoteTakerForm(forms.Form):
    """Who else writes the minutes."""

    address = AddressField(label=_("Their e-mail address"), max_length=254)

    def clean_address(self) -> Person:
        """Return who holds it."""
        found = Person.objects.current().holding(self.cleaned_data["address"]).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody in our records has this e-mail address. Ask them to sign in once.")
            )
        return found
