"""Whether the process is well: its threads live, the clock has swept of late, the database answers."""

import threading
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection

_KEY = "stemnet.swept_at"
_threads: list[threading.Thread] = []
_begun: dict[str, datetime] = {}


def watch_threads(*threads: threading.Thread) -> None:
    """Count these threads as part of the process's health from now on."""
    _threads[:] = threads


def note_sweep(*, at: datetime) -> None:
    """Write down that the clock has swept at ``at``, for every web process to see."""
    cache.set(_KEY, at, timeout=None)


def faults(*, at: datetime) -> list[str]:
    """Return what is wrong at ``at``, in one word each; an empty list means well.

    A process that has just begun is given three intervals for its first sweep.
    """
    begun = _begun.setdefault("at", at)
    last = cache.get(_KEY) or begun
    found = [] if _database_answers() else ["database"]
    if not all(thread.is_alive() for thread in _threads):
        found.append("threads")
    if at - max(last, begun) > longest_pause():
        found.append("sweeps")
    return found


def longest_pause() -> timedelta:
    """Return how long ago the last sweep may be: three intervals."""
    return timedelta(seconds=3 * settings.SWEEP_SECONDS)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
