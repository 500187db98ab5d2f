"""Confirming an act on several people of a network."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from registrations.desk.domain.acts_on_many import GROUP
from registrations.seats.domain import groups
from registrations.seats.forms.group import GroupSelect, is_full, places_words
from stemnet.forms.fields import field_of

NONE = "none"


class ConfirmForm(forms.Form):
    """What was shown, sealed; and the group where people are moved."""

    rows = forms.CharField(widget=forms.HiddenInput)
    group = forms.ChoiceField(
        label=gettext_lazy("Working group"),
        widget=GroupSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Choose a group, or none.")},
    )

    def __init__(self, *args: Any, network: Network, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act == GROUP:
            self._offer(network)
        else:
            del self.fields["group"]

    def _offer(self, network: Network) -> None:
        """Offer the groups of ``network``; a full one can't be chosen."""
        found = list(groups.with_members(network))
        field = field_of(self, "group", forms.ChoiceField)
        field.choices = [
            *((str(one.uid), ", ".join(filter(None, [one.title, places_words(one)]))) for one in found),
            (NONE, _("No working group")),
        ]
        field.widget.full = frozenset(str(one.uid) for one in found if is_full(one))

    @property
    def group_uid(self) -> str:
        """Return the uid of the group that was chosen, or an empty string for none."""
        chosen = str(self.cleaned_data.get("group", ""))
        return "" if chosen == NONE else chosen
