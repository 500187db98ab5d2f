"""Template tags of the admin: what a filter is set to, its numbers, and the way there from a page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from stemnet.admin.rows import rows_of

register = template.Library()
COUNTED = re.compile(r"^(?P<words>.*) \((?P<number>\d+|-)\)$", re.DOTALL)


@dataclass(frozen=True)
class Facet:
    """One choice of a filter: its words and how many rows it leaves."""

    words: str
    number: str = ""


@register.filter
def facet(display: Any) -> Facet:
    """Return words and number of a choice, which Django writes into one string."""
    found = COUNTED.match(str(display))
    return Facet(found["words"], found["number"]) if found else Facet(str(display))


@register.filter
def chosen_facet(choices: Iterable[dict[str, Any]]) -> str:
    """Return what a filter is set to, or nothing where it is at "All"."""
    for number, choice in enumerate(choices):
        if choice["selected"]:
            return facet(choice["display"]).words if number else ""
    return ""


@register.filter
def capfirst_safe(words: Any) -> SafeString:
    """Return a heading with a capital, or a box to tick as it is."""
    return words if isinstance(words, SafeString) else mark_safe(conditional_escape(capfirst(str(words))))  # noqa: S308


@register.simple_tag
def quick_choices(cl: Any, spec: Any) -> list[dict[str, Any]]:
    """Return the quick choices of a list with their numbers."""
    return list(spec.choices(cl))


@register.inclusion_tag("admin/change_list_results.html")
def work_list(cl: Any) -> dict[str, Any]:
    """Show the head and the rows of a list."""
    return {"result_headers": list(result_headers(cl)), "rows": list(rows_of(cl))}


@register.simple_tag(takes_context=True)
def admin_row(context: Context, row: Any) -> str:
    """Return the address of a row in the admin for those who may see it there, else nothing."""
    request = context.get("request")
    owner = admin.site._registry.get(type(row))
    if request is None or owner is None or not admin.site.has_permission(request):
        return ""
    if not owner.has_view_permission(request, row):
        return ""
    return reverse(f"admin:{owner.opts.app_label}_{owner.opts.model_name}_change", args=[row.pk])
