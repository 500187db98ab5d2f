"""What the list of the library shows: results, facets with counts, chips of what was chosen."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from meetings.library.domain.searching import Asked, Facet

FIRST = 6  # choices of a facet that are not folded


@dataclass(frozen=True)
class Chip:
    """One thing that was chosen, and the address without it."""

    words: str
    address: str


def chips(typed: QueryDict, asked: Asked, facets: list[Facet]) -> list[Chip]:
    """Return a chip for each choice that holds."""
    found = []
    for facet in facets:
        called = {value: words for value, words, _number in facet.choices}
        for value in asked.chosen.get(facet.name, []):
            found.append(Chip(called.get(value, value), without(typed, facet.name, value)))
    if asked.standard:
        found.append(Chip(asked.standard, without(typed, "standard", asked.standard)))
    return found


def without(typed: QueryDict, name: str, value: str) -> str:
    """Return the address of the list without one choice."""
    rest = typed.copy()
    rest.pop("page", None)
    rest.setlist(name, [one for one in rest.getlist(name) if one != value])
    return f"?{rest.urlencode()}"


def shown_facets(asked: Asked, facets: list[Facet]) -> list[dict[str, Any]]:
    """Return what the template of the facets reads; what is chosen is never folded away."""
    called = {"grade": _("Grades"), "subject": _("Subject"), "strand": _("Standard"), "kind": _("Kind")}
    found = []
    for facet in facets:
        chosen = set(asked.chosen.get(facet.name, []))
        rows = [
            {"value": value, "words": words, "number": number, "checked": value in chosen}
            for value, words, number in facet.choices
        ]
        first = [row for place, row in enumerate(rows) if place < FIRST or row["checked"]]
        rest = [row for row in rows if row not in first]
        found.append({"name": facet.name, "title": called[facet.name], "first": first, "rest": rest})
    return [one for one in found if one["first"]]
