"""The day and the night at the partnership's own place, or in another zone: asked here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings

from stemnet.briefly import Briefly

if TYPE_CHECKING:
    from partners.models.people.partnership import Partnership

_answer: ContextVar[list["Partnership | None"] | None] = ContextVar("partnership", default=None)
FURTHEST = timedelta(hours=14)  # no zone is further from UTC


@contextmanager
def partnership_asked_once() -> Iterator[None]:
    """Let `known_partnership` ask the database once while this lasts, as one request does."""
    token = _answer.set([])
    try:
        yield
    finally:
        _answer.reset(token)


def known_partnership() -> "Partnership | None":
    """Return the partnership with its host organization; None before it is set up."""
    answer = _answer.get()
    if answer:
        return answer[0]
    known = kept_partnership.get()
    if answer is not None:
        answer.append(known)
    return known


def _read() -> "Partnership | None":
    model: type[Partnership] = apps.get_model("partners", "Partnership")  # its class stands on some that ask
    return model.objects.select_related("host").first()


kept_partnership = Briefly(_read)


def zone_of_partnership() -> ZoneInfo:
    """Return the zone of the partnership's own place, whose days and mornings count."""
    known = known_partnership()
    return ZoneInfo(known.zone if known else "UTC")


def local_day(at: datetime, zone: ZoneInfo | str | None = None) -> date:
    """Return the day that it is at the moment ``at`` in ``zone``, by default the partnership's."""
    return _local(at, zone).date()


def is_over(day: date, *, at: datetime) -> bool:
    """Return whether ``day`` is past at the partnership's own place at the moment ``at``.

    Its zone is asked for only where it makes a difference, so that long lists may ask for each row.
    """
    if (at - FURTHEST).date() > day or (at + FURTHEST).date() <= day:
        return at.date() > day
    return local_day(at) > day


def is_night(at: datetime, zone: ZoneInfo | str | None = None) -> bool:
    """Return whether the clock may not mail now in ``zone``, by default the partnership's: too early or late.

    What reminds, asks or announces waits from ``DAY_ENDS_AT`` to ``DAY_BEGINS_AT``. What answers somebody's
    act goes at once, and so does what a coordinator sends by a button (docs/rules.md 7.2).
    """
    return not settings.DAY_BEGINS_AT <= _local(at, zone).hour < settings.DAY_ENDS_AT


def _local(at: datetime, zone: ZoneInfo | str | None) -> datetime:
    """Return the same moment as clocks show it in ``zone``."""
    if zone is None:
        zone = zone_of_partnership()
    return at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
