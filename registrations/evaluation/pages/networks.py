"""Results of several networks side by side: what all of them ask on a scale, for whoever coordinates them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Person
from registrations.evaluation.domain.evaluation_results import Results, results_of_many
from registrations.models import Evaluation
from stemnet.tables.writing import Cell, Sheet


@dataclass(frozen=True)
class NetworkLine:
    """One question and its mean in each network, None where it is not asked or not shown there."""

    label: str
    highest: int
    means: list[Decimal | None]


def networks_context(person: Person, *, year: str) -> dict[str, Any]:
    """Return the published evaluations of one's own networks of a school year; five queries at most.

    Raises Http404 for whoever works for no network.
    """
    mine = Network.objects.staffed_by(person)
    if not mine.exists():
        raise Http404
    published = Evaluation.objects.filter(end_of__in=mine, published_at__isnull=False)
    every_year = published.order_by("-network__school_year").values_list("network__school_year", flat=True)
    years = list(dict.fromkeys(every_year))
    chosen = year if year in years else next(iter(years), "")
    shown = published.filter(network__school_year=chosen).select_related("network")
    evaluations = list(shown.order_by("network__title", "network__slug"))
    results = results_of_many(evaluations)
    return {
        "years": years,
        "chosen": chosen,
        "evaluations": [(one, results[one.pk].people) for one in evaluations],
        "lines": lines_of([one.pk for one in evaluations], results),
    }


def lines_of(keys: list[int], results: Mapping[int, Results]) -> list[NetworkLine]:
    """Return a line for each question that at least two networks ask alike, or all where there is one."""
    by_key = [{scale.key: scale for scale in results[key].scales} for key in keys]
    every = list(dict.fromkeys(key for scales in by_key for key in scales))
    lines = []
    for key in every:
        here = [scales.get(key) for scales in by_key]
        asked = [scale for scale in here if scale is not None]
        if len(asked) >= min(2, len(keys)):
            means = [scale.mean if scale is not None else None for scale in here]
            lines.append(NetworkLine(asked[0].label, 10 if key[1] == "recommend" else 5, means))
    return lines


def sheet_of_networks(context: Mapping[str, Any]) -> Sheet:
    """Return the same as a sheet: a row a question, a column a network."""
    names = [str(evaluation.network) for evaluation, _people in context["evaluations"]]
    people: list[Cell] = [_("Answers"), *(number for _evaluation, number in context["evaluations"])]
    rows: list[list[Cell]] = [people, *([line.label, *line.means] for line in context["lines"])]
    return Sheet(_("By network"), [_("Question"), *names], rows, [60, *(24 for _name in names)])
