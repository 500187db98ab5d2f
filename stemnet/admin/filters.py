"""Filters by the values that rows have, counted by one query however many values there are."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import FieldListFilter
from django.db.models import Count, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

MOST = 200


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

    def words(self, values: list[Any]) -> dict[Any, str]:
        """Return the words of each value."""
        return {value: str(value) for value in values}

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield each choice with its number, "All" first."""
        counts = [(value, number) for value, number in self.counted(changelist) if value not in (None, "")]
        words = self.words([value for value, _number in counts])
        yield {
            "selected": self.chosen is None,
            "query_string": changelist.get_query_string(remove=self.expected_parameters()),
            "display": _("All"),
        }
        for value, number in counts:
            yield {
                "selected": str(value) == str(self.chosen),
                "query_string": changelist.get_query_string({self.chosen_by: value}),
                "display": words.get(value, value)
                if number is None
                else f"{words.get(value, value)} ({number})",
            }


class RowsFilter(ValuesFilter):
    """Filter a column that leads to other rows, such as the network of a registration, by their names."""

    def words(self, values: list[Any]) -> dict[Any, str]:
        """Return the names of the rows, by one query."""
        leads_to: Any = self.field.remote_field
        return {key: str(row) for key, row in leads_to.model._default_manager.in_bulk(values).items()}
