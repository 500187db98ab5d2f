"""Filters by the values that rows have, counted by one query however many values there are."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.admin import FieldListFilter
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

MOST = 200


class Offered(NamedTuple):
    """One value to choose: as a row has it, its words, and how many rows have it where that is counted."""

    value: Any
    words: str
    number: int | None


class ValuesFilter(FieldListFilter):
    """Filter a column of words, such as a region; the values in the order of their names, at most 200."""

    def __init__(
        self, field: Any, request: Any, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        self.chosen_by = field_path
        super().__init__(field, request, params, model, model_admin, field_path)
        chosen: Any = self.used_parameters.get(field_path) or [None]
        self.chosen = chosen[-1]
        self.title = capfirst(str(getattr(field, "verbose_name", field_path)))

    def expected_parameters(self) -> list[str | None]:
        """Return the one parameter."""
        return [self.chosen_by]

    def has_output(self) -> bool:
        """Return that it is always there, as its choices are read later."""
        return True

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that have the chosen value."""
        return queryset if self.chosen is None else queryset.filter(**{self.chosen_by: self.chosen})

    def get_facet_counts(self, pk_attname: str, filtered_qs: Any) -> dict[str, Any]:
        """Count nothing among the filters with fixed choices: these choices are themselves what is found."""
        return {}

    def counted(self, changelist: Any) -> list[tuple[Any, int | None]]:
        """Return the values with how many rows have each; only the values where the list does not count."""
        values = changelist.without(self).values(self.field_path).order_by(self.field_path)
        if not changelist.add_facets:
            return [
                (value, None) for value in values.distinct().values_list(self.field_path, flat=True)[:MOST]
            ]
        counts = values.annotate(rows=Count("pk", distinct=True))
        return list(counts.values_list(self.field_path, "rows")[:MOST])

    def offered(self, changelist: Any) -> list[Offered]:
        """Return the values to choose from."""
        return [Offered(value, str(value), number) for value, number in self.counted(changelist)]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield each choice with its number, "All" first."""
        yield {
            "selected": self.chosen is None,
            "query_string": changelist.get_query_string(remove=self.expected_parameters()),
            "display": _("All"),
        }
        for value, words, number in self.offered(changelist):
            if value not in (None, ""):
                yield {
                    "selected": str(value) == str(self.chosen),
                    "query_string": changelist.get_query_string({self.chosen_by: value}),
                    "display": words if number is None else f"{words} ({number})",
                }


class RowsFilter(ValuesFilter):
    """Filter a column that leads to other rows, such as the network of a registration, by their names."""

    def offered(self, changelist: Any) -> list[Offered]:
        """Return the rows that others lead to; where the list does not count, each is found by its index."""
        leads_to: Any = self.field.remote_field
        others = leads_to.model._default_manager
        if not changelist.add_facets:
            led = changelist.without(self).filter(**{self.field_path: OuterRef("pk")})
            found = others.filter(Exists(led)).order_by("pk")[:MOST]
            return [Offered(row.pk, str(row), None) for row in found]
        counted = self.counted(changelist)
        rows = others.in_bulk([key for key, _number in counted if key is not None])
        return [Offered(key, str(rows.get(key, key)), number) for key, number in counted]
