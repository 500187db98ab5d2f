"""The row before and after another in the list that one came from, with its filter and order."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict

MOST = 2000


@dataclass(frozen=True)
class Place:
    """Where a row stands among the others, counted from 1, and its neighbors."""

    number: int
    total: int
    before: Any
    after: Any


def place_of(owner: Any, request: HttpRequest, row: Any) -> Place | None:
    """Return where ``row`` stands in its list; None in a list of thousands, or where it isn't listed."""
    asked = copy(request)
    asked.GET = QueryDict(request.GET.get("_changelist_filters", ""))
    try:
        listed: ChangeList = owner.get_changelist_instance(asked)
    except (IncorrectLookupParameters, SuspiciousOperation):
        return None
    if listed.result_count > MOST:
        return None
    keys = list(listed.queryset.values_list("pk", flat=True))
    if row.pk not in keys:
        return None
    here = keys.index(row.pk)
    near = {
        one.pk: one for one in owner.model._default_manager.filter(pk__in=keys[max(0, here - 1) : here + 2])
    }
    before = near[keys[here - 1]] if here else None
    after = near[keys[here + 1]] if here + 1 < len(keys) else None
    return Place(here + 1, len(keys), before, after)
