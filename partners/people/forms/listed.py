"""Choosing from the lists that coordinators keep: what something is about, and whom it is for."""

from typing import Any

from django import forms
from django.db.models import Model, Q


def listed_field(name: str, row: Model, *, by: str = "code") -> forms.ModelMultipleChoiceField[Any]:
    """Return the boxes of the list ``name`` of ``row``: what is offered, and what the row has already."""
    column: Any = row._meta.get_field(name)
    offered = Q(active=True)
    if row.pk:
        offered |= Q(**{column.related_query_name(): row})
    return forms.ModelMultipleChoiceField(
        column.related_model.objects.filter(offered).distinct(),
        to_field_name=by,
        widget=forms.CheckboxSelectMultiple,
        label=column.verbose_name.capitalize(),
        help_text=column.help_text,
        required=False,
    )
