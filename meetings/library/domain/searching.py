"""Finding resources: words and codes, facets with their counts, and the order.

Of one facet any choice will do, of different facets all. A facet is counted as if nothing of it were chosen,
so that its numbers say what one more choice would bring.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Count, F, Field, Q, QuerySet, Value, When

from meetings.models import Resource, ResourceGrade
from meetings.models.library.resource import ResourceQuerySet
from partners.models import GradeBand, Standard, Subject

FACETS = ("grade", "subject", "strand", "kind")
ORDERS = {
    "tried": ("-trial_count", "-published_at", "-pk"),
    "newest": ("-published_at", "-pk"),
    "title": ("searched_title", "pk"),
}
Numbers = dict[str, int]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; ``chosen`` are the values of each facet, ``standard`` one whole code."""

    words: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    standard: str = ""
    order: str = ""

    def without(self, facet: str) -> "Asked":
        """Return the same without what was chosen of one facet."""
        return Asked(self.words, {name: ones for name, ones in self.chosen.items() if name != facet})


@dataclass(frozen=True)
class Facet:
    """One facet: its name and title, and its choices as (value, words, number)."""

    name: str
    choices: list[tuple[str, str, int]]


def strands_now() -> dict[int, str]:
    """Return the strand of the newest standard, by the key of each one that it replaced."""
    newest = Standard.objects.newest()
    rows = Standard.objects.filter(pk__in=newest.values()).order_by()
    strands = dict(rows.values_list("pk", "strand")) if newest else {}
    return {one: strands[by] for one, by in newest.items()}


def moved_to(now: Mapping[int, str | int], column: str, kind: Field[Any, Any]) -> Any:
    """Return ``column`` of what is tied to a standard, with what it is ``now`` of replaced ones."""
    whens = [When(standard=one, then=Value(instead)) for one, instead in now.items()]
    return Case(*whens, default=F(column), output_field=kind) if whens else F(column)


def condition_of(facet: str, values: list[str]) -> Q:
    """Return the condition that a resource has one of the values of a facet."""
    if facet == "kind":
        return Q(kind__in=values)
    if facet == "grade":
        return Q(pk__in=ResourceGrade.objects.filter(band__in=values).values("resource"))
    rows: Any
    if facet == "subject":
        rows = Resource.subjects.through.objects.filter(subject__code__in=values)
    else:
        now = strands_now()
        moved = [one for one, strand in now.items() if strand in values]
        stayed = Q(standard__strand__in=values) & ~Q(standard__in=now)
        rows = Resource.standards.through.objects.filter(Q(standard__in=moved) | stayed)
    return Q(pk__in=rows.values("resource"))


def conditions_of(asked: Asked) -> dict[str, Q]:
    """Return the condition of each facet of which something was chosen."""
    return {facet: condition_of(facet, values) for facet, values in asked.chosen.items() if values}


def narrowed(base: ResourceQuerySet, chosen: dict[str, Q], *, but: str = "") -> ResourceQuerySet:
    """Return those that have what was chosen, but for one facet."""
    for facet, condition in chosen.items():
        if facet != but:
            base = base.filter(condition)
    return base


def base_of(asked: Asked) -> ResourceQuerySet:
    """Return the public resources with the words, and the standard, that somebody looks for."""
    found = Resource.objects.public().found_by(asked.words)
    if asked.standard:
        tied: Any = Resource.standards.through.objects
        keys = Standard.objects.tied_by_code(asked.standard).values("pk")
        found = found.filter(pk__in=tied.filter(standard__in=keys).values("resource"))
    return found


def search(asked: Asked) -> ResourceQuerySet:
    """Return what was asked for, in its order: with words the best first, else what was tried most."""
    found = narrowed(base_of(asked), conditions_of(asked))
    order = ORDERS.get(asked.order) or (("-rank", *ORDERS["tried"]) if asked.words else ORDERS["tried"])
    return found.order_by(*order)


def counted(asked: Asked) -> dict[str, Numbers]:
    """Return how many resources each choice of each facet would list, a statement each."""
    base, chosen = base_of(asked), conditions_of(asked)
    return {facet: COUNTS[facet](narrowed(base, chosen, but=facet).order_by()) for facet in FACETS}


def _kinds(rows: QuerySet[Resource]) -> Numbers:
    return dict(rows.values_list("kind").annotate(n=Count("pk")).values_list("kind", "n"))


def _grades(rows: QuerySet[Resource]) -> Numbers:
    found = ResourceGrade.objects.filter(resource__in=rows.values("pk")).order_by()
    return dict(found.values_list("band").annotate(n=Count("pk")).values_list("band", "n"))


def _subjects(rows: QuerySet[Resource]) -> Numbers:
    found: Any = Resource.subjects.through.objects.filter(resource__in=rows.values("pk"))
    return dict(found.values_list("subject__code").annotate(n=Count("pk")).values_list("subject__code", "n"))


def _strands(rows: QuerySet[Resource]) -> Numbers:
    found: Any = Resource.standards.through.objects.filter(resource__in=rows.values("pk"))
    strand = moved_to(strands_now(), "standard__strand", CharField())
    number = Count("resource", distinct=True)
    return dict(found.values(now=strand).annotate(n=number).values_list("now", "n"))


def numbers_of_standards() -> dict[int, int]:
    """Return how many public resources are about each standard, or one that it replaced, by its key."""
    tied: Any = Resource.standards.through.objects.filter(resource__state=Resource.State.PUBLIC)
    standard = moved_to(Standard.objects.newest(), "standard", BigIntegerField())
    rows = tied.values(now=standard).annotate(n=Count("resource", distinct=True))
    return dict(rows.values_list("now", "n"))


COUNTS: dict[str, Callable[[QuerySet[Resource]], Numbers]] = {
    "grade": _grades,
    "subject": _subjects,
    "strand": _strands,
    "kind": _kinds,
}


def titles() -> dict[str, dict[str, str]]:
    """Return what each value of each facet is called, in the order in which it is shown."""
    return {
        "grade": {value: str(label) for value, label in GradeBand.choices},
        "subject": dict(Subject.objects.values_list("code", "title")),
        "strand": {},
        "kind": {value: str(label) for value, label in Resource.Kind.choices},
    }


def facets(asked: Asked) -> list[Facet]:
    """Return the facets with their choices, those that list nothing left out unless they are chosen."""
    numbers, called = counted(asked), titles()
    found = []
    for name in FACETS:
        known, chosen = numbers[name], asked.chosen.get(name, [])
        if name == "strand":
            values = sorted({*known, *chosen}, key=lambda one: (-known.get(one, 0), one))
        else:
            values = [one for one in called[name] if one in known or one in chosen]
        choices = [(one, called[name].get(one, one), known.get(one, 0)) for one in values]
        found.append(Facet(name, choices))
    return found
