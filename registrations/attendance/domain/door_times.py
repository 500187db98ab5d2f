"""From scans at the door to when somebody was there: pure, and whatever their order (docs/rules.md 6.10)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from registrations.credit.domain.intervals import Interval, union

Scan = tuple[datetime, bool]  # when, and whether somebody came in
SAME_SCAN = timedelta(minutes=1)


def spans_of_scans(scans: Iterable[Scan], *, start: datetime, end: datetime) -> list[Interval]:
    """Return when somebody was there, as disjoint intervals in order; none outside the meeting.

    Who never went out stayed to the ``end``, and who only went out was there from the ``start``. Two scans of
    one kind within a minute are one; coming in twice tells nothing new, nor does going out twice.
    """
    spans: list[Interval] = []
    since, last = None, None
    for moment, comes_in in sorted(without_echoes(scans)):
        minute = moment.replace(second=0, microsecond=0)
        if comes_in:
            since = minute if since is None else since
        elif since is not None or last is None:
            spans.append(Interval(since or start, minute))
            since = None
        last = moment
    if since is not None:
        spans.append(Interval(since, max(end, since)))
    found = union(span for span in spans if span.start < span.end)
    return found if any(span.start < end and span.end > start for span in found) else []


def without_echoes(scans: Iterable[Scan]) -> list[Scan]:
    """Return ``scans`` without those that repeat the one before of their kind within a minute."""
    kept: list[Scan] = []
    newest: dict[bool, datetime] = {}
    for moment, comes_in in sorted(scans):
        before = newest.get(comes_in)
        newest[comes_in] = moment
        if before is None or moment - before >= SAME_SCAN or kept[-1][1] != comes_in:
            kept.append((moment, comes_in))
    return kept
