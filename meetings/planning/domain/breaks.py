"""Breaks: each inside its meeting, and never two at once."""

from collections.abc import Iterable
from datetime import datetime, time
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from meetings.models import Break, Meeting
from meetings.planning.domain import planning
from meetings.planning.exceptions import MovingRefused, PlanRefused
from partners.models import local_day


class BreakPlan(NamedTuple):
    """A break as it was typed: its wall time and its length in minutes."""

    start_time: time
    minutes: int


def check(breaks: Iterable[Break]) -> None:
    """Raise PlanRefused unless each of ``breaks`` lies in its meeting and none in another of them.

    Raises WallTimeRefused for a time that the clock does not show on the day of the meeting.
    """
    listed = sorted(breaks, key=lambda one: one.span[0])
    for one in listed:
        planning.instant(local_day(one.span[0], one.meeting.zone), one.start_time, one.meeting.zone)
        start, end = one.span
        if start < one.meeting.starts_at or end > one.meeting.ends_at:
            words = {"break": one, "meeting": one.meeting}
            raise PlanRefused(sentence=_("The break %(break)s is outside “%(meeting)s”.") % words)
    for before, after in pairwise(listed):
        if after.span[0] < before.span[1]:
            raise PlanRefused(
                sentence=_("The breaks %(one)s and %(other)s overlap.") % {"one": before, "other": after}
            )


def planned(meeting: Meeting, plans: Iterable[BreakPlan]) -> list[Break]:
    """Return rows for ``plans``, unsaved; the meeting needs its time and zone only."""
    return [Break(meeting=meeting, start_time=plan.start_time, minutes=plan.minutes) for plan in plans]


def write(meeting: Meeting, plans: Iterable[BreakPlan]) -> None:
    """Give ``meeting`` exactly these breaks. Raises as `check` does."""
    wanted = set(plans)
    check(planned(meeting, wanted))
    known = {BreakPlan(one.start_time, one.minutes): one for one in meeting.breaks.all()}
    for plan, row in known.items():
        if plan not in wanted:
            row.delete()
    for row in planned(meeting, sorted(wanted - set(known))):
        row.save()


def keep(meeting: Meeting, rows: Iterable[Break]) -> None:
    """Give ``meeting`` exactly the breaks ``rows``, new ones and known ones as they are now.

    Raises as `check` does.
    """
    rows = list(rows)
    check(rows)
    known = {one.pk: one for one in meeting.breaks.all()}
    for gone in set(known) - {one.pk for one in rows}:
        known[gone].delete()
    for row in rows:
        old = known.get(row.pk)
        if old is None or (old.start_time, old.minutes) != (row.start_time, row.minutes):
            row.save()


def follow(meeting: Meeting, *, old_start: time) -> list[Break]:
    """Move the breaks of ``meeting``, which has its new time, as far as its beginning moved; save nothing.

    Raises MovingRefused where a break would not be inside the meeting any more.
    """
    breaks = list(meeting.breaks.all())
    later = minute_of(meeting.start_time) - minute_of(old_start)
    for one in breaks:
        minute = (minute_of(one.start_time) + later) % planning.A_DAY
        one.start_time = time(minute // 60, minute % 60)
    try:
        check(breaks)
    except PlanRefused as refusal:
        raise MovingRefused(sentence=f"{refusal} {_('Change the breaks first.')}") from refusal
    return breaks


def minute_of(wall: time) -> int:
    """Return how many minutes into its day a wall time is."""
    return wall.hour * 60 + wall.minute


def spans(meeting: Meeting, plans: Iterable[BreakPlan]) -> list[tuple[datetime, datetime]]:
    """Return the moments of planned breaks, for a meeting that may be typed only."""
    return [one.span for one in planned(meeting, plans)]
