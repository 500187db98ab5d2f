"""Choosing a working group."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import WorkingGroup
from registrations.seats.domain.groups import OccupiedGroup


class GroupSelect(forms.RadioSelect):
    """Radio buttons; a group without a free place can't be chosen."""

    full: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Draw one option, greyed where the group is full."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.full and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class GroupField(forms.ModelChoiceField[WorkingGroup]):
    """One working group of a network, or none."""

    widget = GroupSelect
    has_groups = False

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("No working group"))
        super().__init__(WorkingGroup.objects.none(), blank=True, **kwargs)

    def offer(self, found: QuerySet[OccupiedGroup]) -> None:
        """Offer these groups; a full one can't be chosen."""
        groups = list(found)
        self.queryset, self.has_groups = found, bool(groups)
        self.widget.full = frozenset(str(group.pk) for group in groups if is_full(group))
        self.choices = [
            ("", self.empty_label or ""),
            *((group.pk, self.label_from_instance(group)) for group in groups),
        ]

    def label_from_instance(self, group: Any) -> str:
        """Say the topic, where it meets and the places."""
        return ", ".join(filter(None, [group.title, group.meets, places_words(group)]))


def is_full(group: OccupiedGroup) -> bool:
    """Return whether every place is taken."""
    return group.places is not None and group.taken >= group.places


def places_words(group: OccupiedGroup) -> str:
    """Say "8 of 15 places taken", or that it is full."""
    if group.places is None:
        return ""
    if is_full(group):
        return _("full")
    return _("%(taken)s of %(places)s places taken") % {"taken": group.taken, "places": group.places}
