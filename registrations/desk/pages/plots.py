"""The plots of the staff desk, drawn on the server: registrations, attendance, the evaluation.

Each is numbers for an SVG in units of its own, with the same numbers as rows of a table.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate

from django.db.models import Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Person, local_day
from registrations.desk.domain import staff_duties
from registrations.desk.domain.staff_duties import AskedEvaluation, CountedNetwork, MarkedMeeting
from registrations.models import Registration
from stemnet import wording

LINES, BARS, CLOSED = 3, 5, 3
LEFT, RIGHT, TOP, BOTTOM = 34, 226, 12, 142
LABEL_APART, TICKS = 15, 4
BAR_WIDTH, BAR_STEP = 246, 33
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One network over time: the points of its line, where its label stands, and its rows."""

    network: CountedNetwork
    points: str
    end: tuple[float, float]
    label_y: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The plot of registrations: lines, ticks of both axes, and a row a month for the table."""

    lines: list[Line]
    ticks: list[tuple[float, int]]
    months: list[tuple[float, date]]
    rows: list[tuple[str, list[int]]]
    new_words: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One meeting: the lengths of its three parts from the left, and its numbers."""

    meeting: MarkedMeeting
    y: int
    parts: list[tuple[str, float, float]]

    @property
    def total(self) -> int:
        """Return everyone who was expected or came."""
        return self.meeting.here + self.meeting.absent + self.meeting.unmarked


def registrations_over_time(networks: list[CountedNetwork], *, at: datetime) -> Lines | None:
    """Draw who got a seat in the largest networks that run, day by day, in one query; None without any."""
    largest = sorted((one for one in networks if one.seated), key=lambda one: -one.seated)[:LINES]
    rows = (
        Registration.objects.seated()
        .filter(network__in=[one.pk for one in largest])
        .order_by()
        .values("network_id", on=TruncDate("requested_at"))
        .annotate(number=Sum("party_size"))
        .values_list("network_id", "on", "number")
    )
    by_network: dict[int, dict[date, int]] = defaultdict(dict)
    for network, on, number in rows:
        by_network[network][on] = number
    if not by_network:
        return None
    today = local_day(at)
    first = min(min(days) for days in by_network.values())
    span = max((today - first).days, 1)
    top = _top(max(one.seated for one in largest))
    lines = [_line(one, by_network[one.pk], first=first, span=span, top=top) for one in largest]
    new = sum(
        number
        for days in by_network.values()
        for on, number in days.items()
        if on > today - timedelta(days=7)
    )
    return Lines(
        lines=_spread(lines),
        ticks=[(_y(value, top), value) for value in range(0, top + 1, max(top // TICKS, 1))],
        months=_months(first, span),
        rows=_monthly(largest, by_network, first=first, today=today),
        new_words=ngettext("%(n)d new this week", "%(n)d new this week", new) % {"n": new},
    )


def _top(most: int) -> int:
    """Return where the axis ends: a multiple of four round steps."""
    step = next((one for one in STEPS if one * TICKS >= most), most // TICKS + 1)
    return step * TICKS


def _x(day: int, span: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * day / span, 1)


def _y(value: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)


def _line(network: CountedNetwork, days: dict[date, int], *, first: date, span: int, top: int) -> Line:
    """Return the line of one network, which stays level from one day with news to the next."""
    ordered = sorted(days.items())
    sums = list(accumulate(number for _on, number in ordered))
    points, before = [(_x(0, span), _y(0, top))], 0
    for (on, _number), total in zip(ordered, sums, strict=True):
        points += [
            (_x((on - first).days, span), _y(before, top)),
            (_x((on - first).days, span), _y(total, top)),
        ]
        before = total
    end = (_x(span, span), _y(before, top))
    words = {"seated": before, "seats": network.seats}
    full = before >= network.seats
    return Line(
        network=network,
        points=" ".join(f"{x},{y}" for x, y in [*points, end]),
        end=end,
        label_y=end[1] + 4,
        label=_("%(seated)d, full") % words if full else _("%(seated)d of %(seats)d") % words,
    )


def _spread(lines: list[Line]) -> list[Line]:
    """Move labels up so that none stands on another; the order of the lines stays."""
    placed: dict[int, float] = {}
    lowest = float("inf")
    for line in sorted(lines, key=lambda one: -one.label_y):
        lowest = min(line.label_y, lowest - LABEL_APART)
        placed[line.network.pk] = round(lowest, 1)
    return [
        Line(
            network=one.network,
            points=one.points,
            end=one.end,
            label_y=placed[one.network.pk],
            label=one.label,
        )
        for one in lines
    ]


def _months(first: date, span: int) -> list[tuple[float, date]]:
    """Return the first days of months at most five of them."""
    starts = [on for on in (first + timedelta(days=day) for day in range(span + 1)) if on.day == 1]
    every = -(-len(starts) // 5) or 1
    return [(_x((on - first).days, span), on) for on in starts[::every]]


def _monthly(
    networks: list[CountedNetwork], by_network: dict[int, dict[date, int]], *, first: date, today: date
) -> list[tuple[str, list[int]]]:
    """Return how many had a seat at the end of each month, and today, for the table."""
    ends, on = [], first
    while on <= today:
        after = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
        ends.append(min(after - timedelta(days=1), today))
        on = after
    return [
        (
            wording.day(end),
            [sum(n for day, n in by_network[one.pk].items() if day <= end) for one in networks],
        )
        for end in ends[-24:]
    ]


def attendance_of(meetings: Iterable[MarkedMeeting]) -> list[Bar]:
    """Draw who was here, absent and not marked at the last meetings, the oldest first."""
    bars = []
    for number, meeting in enumerate(reversed(list(meetings))):
        total = meeting.here + meeting.absent + meeting.unmarked
        counts = [("here", meeting.here), ("unmarked", meeting.unmarked), ("absent", meeting.absent)]
        parts, x = [], 0.0
        for kind, count in counts:
            width = round(BAR_WIDTH * count / total, 1) if total else 0.0
            if width:
                parts.append((kind, x, width))
            x = round(x + width, 1)
        bars.append(Bar(meeting=meeting, y=number * BAR_STEP, parts=parts))
    return bars


def plots_of(
    person: Person, running: list[CountedNetwork], evaluations: list[AskedEvaluation], *, at: datetime
) -> dict[str, object]:
    """Return what the three plots show to whoever works for a network, ``evaluations`` being the open ones.

    Four queries.
    """
    is_open = evaluations[:1]
    closed = list(staff_duties.evaluations_closed(person)[:CLOSED])
    return {
        "lines": registrations_over_time(running, at=at),
        "bars": attendance_of(staff_duties.meetings_begun(person, at=at)[:BARS]),
        "evaluation": next(iter([*is_open, *closed]), None),
        "closed": closed if is_open else closed[1:],
    }
