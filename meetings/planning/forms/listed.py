"""Choosing from the lists that coordinators keep: what a network is about, and whom it is for."""

from typing import Any

from django import forms
from django.db.models import Q

from meetings.models import Network


def listed_field(name: str, network: Network, *, by: str = "code") -> forms.ModelMultipleChoiceField[Any]:
    """Return the boxes of one list: what is offered, and what the network has already."""
    column: Any = Network._meta.get_field(name)
    offered = Q(active=True)
    if network.pk:
        offered |= Q(networks=network)
    return forms.ModelMultipleChoiceField(
        column.related_model.objects.filter(offered).distinct(),
        to_field_name=by,
        widget=forms.CheckboxSelectMultiple,
        label=column.verbose_name.capitalize(),
        help_text=column.help_text,
        required=False,
    )
