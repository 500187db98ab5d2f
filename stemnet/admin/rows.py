"""The rows of a list as HTML: what a column is is found once a list, where Django finds it at each cell.

That was half of the work of a page of 50 rows. What stands in a cell is the same as Django would write.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib.admin.templatetags.admin_list import results
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value, lookup_field, quote
from django.db.models import DateField, Field, ForeignKey, TimeField
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

BOX, NOWRAP = "action_checkbox", " nowrap"


@dataclass(frozen=True)
class Column:
    """One column: its class, whether it leads to the row, its value of a row, and how a value is said."""

    css: str
    leads: bool
    value: Callable[[Any], Any]
    said: Callable[[Any], Any]

    def cell(self, row: Any, url: str) -> str:
        """Return the cell of a row; it is the heading of the row where it leads there, to ``url``."""
        value, css = self.value(row), self.css
        if isinstance(value, date | time) and not css.endswith(NOWRAP):
            css += NOWRAP
        text = conditional_escape(self.said(value))
        if self.leads:
            return f'<th class="{css}"><a href="{url}">{text}</a></th>'
        return f'<td class="{css}">{text}</td>'


def rows_of(cl: Any) -> Iterator[SafeString]:
    """Yield the cells of each row of a list; Django writes those of a list in a window of its own."""
    if cl.is_popup or cl.formset or not cl.result_list:
        yield from (mark_safe("".join(cells)) for cells in results(cl))  # noqa: S308 - each is escaped
        return
    first = cl.result_list[0]
    columns = [_column(cl, name, first) for name in cl.list_display]
    base, filters = cl.model_admin.list_url(), _kept_filters(cl, first)
    for row in cl.result_list:
        url = escape(f"{base}{quote(getattr(row, cl.pk_attname))}/change/{filters}")
        yield mark_safe("".join(column.cell(row, url) for column in columns))  # noqa: S308 - escaped


def _kept_filters(cl: Any, row: Any) -> str:
    """Return what the address of each row says of the list that one came from, as Django writes it."""
    url = cl.url_for_result(row)
    whole: str = add_preserved_filters({"preserved_filters": cl.preserved_filters, "opts": cl.opts}, url)
    return whole.removeprefix(url)


def _column(cl: Any, name: Any, first: Any) -> Column:
    """Return what a column is, as it is found at the first row."""
    empty = cl.model_admin.get_empty_value_display()
    field, attribute, _value = lookup_field(name, first, cl.model_admin)
    leads = name == _leading(cl)
    called = name.__name__ if callable(name) else name
    css = "action-checkbox" if called == BOX else f"field-{called}"
    if field is not None and not field.auto_created:
        css += NOWRAP if isinstance(field, DateField | TimeField | ForeignKey) else ""
        return Column(css, leads, lambda row: getattr(row, field.name), _said_of(field, empty, leads=leads))
    empty = getattr(attribute, "empty_value_display", empty)
    is_flag = getattr(attribute, "boolean", False)
    value = attribute if callable(attribute) else lambda row: lookup_field(name, row, cl.model_admin)[2]
    return Column(css, leads, value, lambda value: _said(value, empty, is_flag=is_flag))


def _leading(cl: Any) -> Any:
    """Return the column that leads to the row: the one that the list names, else the first after the box."""
    if cl.list_display_links is None:
        return None
    return next(iter(cl.list_display_links or [name for name in cl.list_display if name != BOX]), None)


def _said_of(field: Field[Any, Any], empty: str, *, leads: bool) -> Callable[[Any], Any]:
    """Return how a value of a field is said; choices are translated once."""
    if isinstance(field, ForeignKey):
        return lambda value: empty if value is None else value
    if field.flatchoices:
        labels = {key: str(label) for key, label in field.flatchoices}
        return lambda value: labels.get(value, empty)
    return lambda value: display_for_field(value, field, empty, avoid_link=leads)


def _said(value: Any, empty: str, *, is_flag: bool) -> Any:
    """Return how what a method returned is said; most is text, which needs no looking at."""
    if isinstance(value, str) and not is_flag:
        return value if value.strip() else empty
    return display_for_value(value, empty, is_flag)
