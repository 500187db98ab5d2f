"""The rows of a list and its filters: choices read once, their numbers counted by one query for all."""

from collections import defaultdict
from functools import cached_property, partial
from typing import Any

from django.contrib.admin.options import IS_FACETS_VAR
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet, Value
from django.db.models.functions import JSONArray
from django.http import HttpRequest

COUNTED = 2000  # rows; choices of a longer list, or of a search, are counted where somebody asks for it
A_PART = 90  # PostgreSQL takes 100 arguments


class WorkList(ChangeList):
    """A list that reads its filters once, where Django does so again for the numbers of each.

    A date hierarchy stands only where nothing is searched: it would search twice again.
    """

    asked: HttpRequest

    def get_filters(self, request: HttpRequest) -> Any:
        """Return the filters with what they chose, made once a page."""
        self.asked = request
        return self._filters

    @cached_property
    def _filters(self) -> Any:
        made = super().get_filters(self.asked)
        specs: list[Any] = made[0]
        for number, spec in enumerate(specs):
            if hasattr(spec, "get_facet_counts"):
                spec.get_facet_queryset = partial(self.numbers_of, number)
        return made

    def get_results(self, request: HttpRequest) -> None:
        """Read the page; count the choices of a long list and of a search only where that is asked for."""
        super().get_results(request)
        self.is_facets_optional = self.result_count > COUNTED or bool(self.query)
        self.add_facets = not self.is_facets_optional or IS_FACETS_VAR in request.GET
        if self.query:
            self.date_hierarchy = None

    def numbers_of(self, number: int, _changelist: Any = None) -> dict[str, int]:
        """Return the numbers of one filter's choices, by the names that it gave them."""
        return self._numbers[number]

    def without(self, spec: Any) -> QuerySet[Any]:
        """Return the rows as they were if this filter chose nothing."""
        if any(name in self.params for name in spec.expected_parameters()):
            others: QuerySet[Any] = self.get_queryset(
                self.asked, exclude_parameters=spec.expected_parameters()
            )
            return others.order_by()
        return self._found

    @cached_property
    def _found(self) -> QuerySet[Any]:
        """The rows that are listed; of a search their keys, so that it is done once."""
        rows: QuerySet[Any] = self.queryset.order_by()
        if not self.query or self.result_count > COUNTED:
            return rows
        keys = (
            [row.pk for row in self.result_list] if not self.multi_page else rows.values_list("pk", flat=True)
        )
        listed: QuerySet[Any] = self.root_queryset.order_by().filter(pk__in=list(keys))
        return listed

    @cached_property
    def _numbers(self) -> dict[int, dict[str, int]]:
        names: dict[tuple[int, int], list[str]] = {}
        parts: list[QuerySet[Any]] = []
        for number, spec in enumerate(self.filter_specs):
            if not hasattr(spec, "get_facet_counts"):
                continue
            rows = self.without(spec)
            counts = list(spec.get_facet_counts(self.pk_attname, rows).items())
            for start in range(0, len(counts), A_PART):
                some = dict(counts[start : start + A_PART])
                names[number, start] = list(some)
                one = rows.annotate(facet_of=Value(number), facet_from=Value(start))
                kept = one.values("facet_of", "facet_from")
                parts.append(kept.annotate(facet_counts=JSONArray(*some.values())))
        found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        if parts:
            for row in parts[0].union(*parts[1:], all=True):
                key = row["facet_of"], row["facet_from"]
                found[row["facet_of"]].update(zip(names[key], row["facet_counts"], strict=True))
        return found
