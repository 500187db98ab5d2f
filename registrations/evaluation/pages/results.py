"""Results beside those of the year before, and over the years; by what was asked the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from meetings.models import Network
from partners.models import Person
from registrations.evaluation.domain.evaluation_results import (
    Bar,
    Choices,
    Matrix,
    Part,
    Results,
    Scale,
    Words,
    results_of_many,
)
from registrations.models import Evaluation
from stemnet import wording

YEARS = 5


@dataclass(frozen=True)
class BarPair:
    """How many gave one answer now and before; shares are percents of those who answered, whole numbers."""

    label: str
    now: int | None
    share: int | None
    before: int | None
    share_before: int | None


@dataclass(frozen=True)
class Chart:
    """One question, or one statement of a matrix, as bars: now, and before where it was asked the same."""

    title: str
    answered: int
    mean: Decimal | None
    mean_before: Decimal | None
    answered_before: int | None
    pairs: list[BarPair]
    is_row: bool = False

    @property
    def is_shown(self) -> bool:
        """Return whether enough people answered."""
        return bool(self.pairs)

    @property
    def has_before(self) -> bool:
        """Return whether there is anything to compare with."""
        return self.answered_before is not None


@dataclass(frozen=True)
class Shown:
    """One question on the page: its charts, or its words."""

    title: str
    charts: list[Chart]
    words: Words | None
    is_gone: bool
    is_matrix: bool = False


@dataclass(frozen=True)
class YearLine:
    """One question over the years: the mean of each, None where it is not shown, the newest last."""

    label: str
    means: list[Decimal | None]
    highest: int


def share(count: int | None, of: int) -> int | None:
    """Return a whole percent, or None where the count is not shown."""
    return None if count is None or not of else round(100 * count / of)


def sections_of(results: Results, before: Results | None) -> list[tuple[str, list[Shown]]]:
    """Return every question by section, in order, each beside that of before."""
    sections: dict[str, list[Shown]] = {}
    for part in results.parts:
        sections.setdefault(part.question.section, []).append(shown(part, results, before))
    return list(sections.items())


def shown(part: Part, results: Results, before: Results | None) -> Shown:
    """Return one question as the page shows it."""
    question, is_gone = part.question, part.question.code in results.gone
    if isinstance(part, Words):
        return Shown(question.text, [], part, is_gone)
    if isinstance(part, Matrix):
        charts = [chart_of(row, before_of(row, before), is_row=True) for row in part.rows]
        return Shown(question.text, charts, None, is_gone, is_matrix=True)
    return Shown(question.text, [chart_of(part, before_of(part, before))], None, is_gone)


def before_of(part: Scale | Choices, before: Results | None) -> Scale | Choices | None:
    """Return what was answered before to the same question of the same kind, where it can be shown."""
    if before is None:
        return None
    if isinstance(part, Scale):
        found: Scale | Choices | None = next((one for one in before.scales if one.key == part.key), None)
    else:
        question = part.question
        same = (one for one in before.choices if one.question.code == question.code)
        found = next((one for one in same if one.question.kind == question.kind), None)
    return found if found is not None and found.bars else None


def chart_of(part: Scale | Choices, before: Scale | Choices | None, *, is_row: bool = False) -> Chart:
    """Return the bars of one question, each beside that of before."""
    old = {bar.label: bar for bar in before.bars} if before else {}
    pairs = [pair_of(bar, part.answered, old.get(bar.label), before) for bar in part.bars]
    return Chart(
        title=part.row if is_row and isinstance(part, Scale) else part.question.text,
        answered=part.answered,
        mean=part.mean if isinstance(part, Scale) else None,
        mean_before=before.mean if isinstance(before, Scale) else None,
        answered_before=before.answered if before else None,
        pairs=pairs,
        is_row=is_row,
    )


def pair_of(bar: Bar, answered: int, old: Bar | None, before: Scale | Choices | None) -> BarPair:
    """Return one answer, now and before."""
    count = old.count if old else None
    return BarPair(
        bar.label,
        bar.count,
        share(bar.count, answered),
        count,
        share(count, before.answered) if before else None,
    )


def evaluations_before(network: Network, *, reader: Person | None) -> list[Evaluation]:
    """Return the published evaluations of the networks that this one continues, the newest first.

    Of those networks, only what the ``reader`` is staff for. At most a few years, each by one query.
    """
    mine = set(Network.objects.staffed_by(reader).values_list("pk", flat=True))
    found: list[Evaluation] = []
    key = network.cloned_from_id
    for _year in range(YEARS):
        if key is None:
            break
        earlier = Network.objects.select_related("evaluation").get(pk=key)
        evaluation = getattr(earlier, "evaluation", None)
        if earlier.pk in mine and evaluation is not None and evaluation.published_at is not None:
            evaluation.network = earlier
            found.append(evaluation)
        key = earlier.cloned_from_id
    return found


def pulses_before(evaluation: Evaluation) -> list[Evaluation]:
    """Return the published pulses of earlier meetings of the same network, the newest first."""
    meeting = evaluation.meeting
    if meeting is None:
        return []
    earlier = Evaluation.objects.filter(
        network=evaluation.network_id,
        meeting__starts_at__lt=meeting.starts_at,
        published_at__isnull=False,
    )
    return list(earlier.select_related("network", "meeting__network").order_by("-meeting__starts_at")[:YEARS])


def results_context(evaluation: Evaluation, *, reader: Person | None) -> dict[str, Any]:
    """Return the results of one evaluation by question, beside the one before, and over all of them.

    Those of before are of networks that the ``reader`` is staff for.
    """
    earlier = (
        pulses_before(evaluation)
        if evaluation.is_pulse
        else evaluations_before(evaluation.network, reader=reader)
    )
    every = results_of_many([evaluation, *earlier])
    results, of_before = every[evaluation.pk], [every[one.pk] for one in earlier]
    before = of_before[0] if of_before else None
    return {
        "evaluation": evaluation,
        "network": evaluation.network,
        "meeting": evaluation.meeting,
        "results": results,
        "before": before,
        "before_name": name_of(earlier[0]) if earlier else "",
        "sections": sections_of(results, before),
        "years": [name_of(one) for one in [*reversed(earlier), evaluation]],
        "lines": lines_of([*reversed(of_before), results]) if of_before else [],
    }


def name_of(evaluation: Evaluation) -> str:
    """Return what tells an evaluation from others of its network: the school year, or the meeting's day."""
    meeting = evaluation.meeting
    return wording.day(meeting.on) if meeting is not None else evaluation.network.school_year


def lines_of(all_results: Sequence[Results]) -> list[YearLine]:
    """Return the means of what the last of ``all_results`` asks on a scale, in each of them."""
    newest = all_results[-1]
    lines = []
    for scale in newest.scales:
        same = [
            next((one.mean for one in results.scales if one.key == scale.key), None)
            for results in all_results
        ]
        if any(mean is not None for mean in same[:-1]):
            lines.append(YearLine(scale.label, same, 10 if scale.question.kind == "recommend" else 5))
    return lines
