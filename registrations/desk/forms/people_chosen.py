"""Confirming an act on one or several people of a network."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.models import Network
from partners.models import Person
from registrations.desk.domain.acts_on_each import EACH, MEETING, NETWORK, REOPEN, UNDO
from registrations.desk.domain.acts_on_many import GROUP
from registrations.seats.domain import groups
from registrations.seats.domain.occupancy import with_occupancy
from registrations.seats.forms.group import GroupSelect, is_full, places_words
from stemnet import wording
from stemnet.forms.fields import field_of

NONE = "none"


class ConfirmForm(forms.Form):
    """What was shown, sealed; where people go, and why."""

    rows = forms.CharField(widget=forms.HiddenInput)
    group = forms.ChoiceField(
        label=gettext_lazy("Working group"),
        widget=GroupSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Choose a group, or none.")},
    )
    network = forms.ChoiceField(
        label=gettext_lazy("To which network?"),
        error_messages={"required": gettext_lazy("Choose a network.")},
    )
    meeting = forms.ChoiceField(
        label=gettext_lazy("From which meeting?"),
        error_messages={"required": gettext_lazy("Choose a meeting.")},
    )
    over = forms.BooleanField(
        label=gettext_lazy("Even if every seat is taken"),
        required=False,
        help_text=gettext_lazy("We keep your reason with each seat beyond the limit."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Each person reads it in the e-mail. We keep it in the history."),
        error_messages={"required": gettext_lazy("Say why. We keep the reason, and the person reads it.")},
    )

    def __init__(
        self, *args: Any, network: Network, act: str, by: Person, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        wanted = {
            "group": act == GROUP,
            "network": act == NETWORK,
            "meeting": act == MEETING,
            "over": act in (NETWORK, REOPEN),
            "reason": act in EACH and act != UNDO,
        }
        for name, is_wanted in wanted.items():
            if not is_wanted:
                del self.fields[name]
        if act == GROUP:
            self._offer(network)
        elif act == NETWORK:
            self._choose("network", _networks(network, by=by, at=at))
        elif act == MEETING:
            self._choose("meeting", _meetings(network))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field_of(self, name, forms.ChoiceField).choices = [("", _("Choose one")), *choices]

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
    def typed(self) -> dict[str, Any]:
        """Return what the act needs to know; an empty group is none."""
        known = {name: value for name, value in self.cleaned_data.items() if name != "rows"}
        if known.get("group") == NONE:
            known["group"] = ""
        return known


def _networks(network: Network, *, by: Person, at: datetime) -> list[tuple[str, str]]:
    """Return the networks that somebody works for and that aren't over, with their free seats; one query."""
    mine = Network.objects.staffed_by(by).filter(status=Network.Status.PUBLISHED).exclude(pk=network.pk)
    ahead = mine.filter(meetings__ends_at__gt=at).exclude(kind=Network.Kind.INFORMATION_SESSION).distinct()
    return [(one.slug, _room(one, one.seats - one.taken)) for one in with_occupancy(ahead, at=at)]


def _room(network: Network, free: int) -> str:
    seats = ngettext("%(n)s seat free", "%(n)s seats free", free) % {"n": free} if free > 0 else _("full")
    return f"{network}: {seats}"


def _meetings(network: Network) -> list[tuple[str, str]]:
    """Return the meetings that stand, in order."""
    rows = network.meetings.standing().order_by("starts_at", "pk")
    return [(str(one.uid), f"{one.title}, {wording.day(one.on)}") for one in rows]
