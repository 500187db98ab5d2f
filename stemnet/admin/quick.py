"""Quick choices: the few questions that a list is opened for, each with its number.

They stand as pills above the list, and some of them on the index, where their number says what waits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Count, Exists, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Condition = Callable[[datetime], Q | Exists]


@dataclass(frozen=True)
class Quick:
    """One question: the rows for which ``condition(at)`` holds, asked without joining to many.

    ``tag`` and ``figure`` are plurals by ``ngettext_lazy(…, "n")``: a tag beside the list on the index, such
    as "5 to read", and a figure at its top, such as "parts to read". A ``link`` stands at the foot of a task.
    """

    key: str
    label: Words
    condition: Condition
    tag: Any = None
    figure: Any = None
    link: bool = False

    @property
    def is_counted(self) -> bool:
        """Return whether the index asks for its number."""
        return bool(self.tag or self.figure or self.link)


class QuickFilter(SimpleListFilter):
    """The quick choices of a list, as one filter with numbers."""

    title = str(_("Quick choices"))
    parameter_name = "only"
    is_quick = True

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.at = timezone.now()
        self.asked: Sequence[Quick] = model_admin.quick_choices(request)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [(one.key, one.label) for one in self.asked]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of the chosen one, else all."""
        chosen = next((one for one in self.asked if one.key == self.value()), None)
        return queryset.filter(chosen.condition(self.at)) if chosen else queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: QuerySet[Any]) -> dict[str, Count]:
        """Count all choices by one query."""
        counts = {
            f"{number}__c": Count(pk_attname, filter=Q(one.condition(self.at)))
            for number, one in enumerate(self.asked)
        }
        return {"all__c": Count(pk_attname), **counts}

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield each choice, "All" first, with its number where the list counts."""
        counts: dict[str, Any] = defaultdict(lambda: None)
        if changelist.add_facets:
            counts = self.get_facet_queryset(changelist)
        chosen = self.value()
        yield {
            "selected": chosen is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("All"),
            "count": counts["all__c"],
        }
        for number, one in enumerate(self.asked):
            yield {
                "selected": chosen == one.key,
                "query_string": changelist.get_query_string({self.parameter_name: one.key}),
                "display": one.label,
                "count": counts[f"{number}__c"],
            }
