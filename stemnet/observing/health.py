"""What is wrong with the portal, in one word each: what it stands on, and how its work goes."""

import os
import shutil
import threading
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from stemnet.models import Sweep
from stemnet.observing.mail_trouble import mail_trouble
from stemnet.shared_cache import SharedCache
from stemnet.zone_data import zone_data_version

AHEAD = timedelta(minutes=1)
MEGABYTE = 1024 * 1024

_threads: list[threading.Thread] = []
_begun: dict[str, datetime] = {}
_migrated: set[str] = set()


@dataclass(frozen=True)
class Report:
    """What is wrong, and the figures behind it; nothing of it names a person."""

    faults: list[str]
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def watch_threads(*threads: threading.Thread) -> None:
    """Count these threads as part of the process's health from now on."""
    _threads[:] = threads


def readiness() -> Report:
    """Return what the portal stands on and does not have: database, its tables, Redis, a folder for files."""
    found = []
    if not database_answers():
        found.append("database")
    elif migrations_wait():
        found.append("migrations")
    cache = caches["default"]
    if isinstance(cache, SharedCache) and cache.is_away:
        found.append("redis")
    if not may_write(files_folder()):
        found.append("files")
    return Report(found)


def health(*, at: datetime) -> Report:
    """Return all that is wrong at ``at``: what `readiness` says, and how the work goes."""
    found = readiness().faults
    free = free_megabytes(files_folder())
    figures: dict[str, Any] = {"zone_data": zone_data_version(), "free_mb": free}
    if free < settings.FREE_SPACE_MB:
        found.append("space")
    if not all(thread.is_alive() for thread in _threads):
        found.append("threads")
    if "database" not in found and "migrations" not in found:
        found += _clock_faults(at, figures)
        found += _mail_faults(at, figures)
    return Report(found, figures)


def longest_pause() -> timedelta:
    """Return how long ago the last sweep may be: three intervals."""
    return timedelta(seconds=3 * settings.SWEEP_SECONDS)


def database_answers() -> bool:
    """Return whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def migrations_wait() -> bool:
    """Return whether the tables are older than the code; once they are not, nobody need look again."""
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return True
        _migrated.add(connection.alias)
    return False


def files_folder() -> Path:
    """Return the folder of the files, or the nearest one above it that there is."""
    return next(folder for folder in (settings.MEDIA_ROOT, *settings.MEDIA_ROOT.parents) if folder.exists())


def may_write(folder: Path) -> bool:
    """Return whether this process may write into ``folder``."""
    return os.access(folder, os.W_OK | os.X_OK)


def free_megabytes(folder: Path) -> int:
    """Return how much room there is for files."""
    return shutil.disk_usage(folder).free // MEGABYTE


def _clock_faults(at: datetime, figures: dict[str, Any]) -> list[str]:
    """Say whether the clock has swept of late; a sweep that is still to come tells nothing of that.

    A process that has just begun is given three intervals for its first sweep.
    """
    begun = _begun.setdefault("at", at)
    last = Sweep.objects.last_at()
    figures["swept_seconds_ago"] = round((at - last).total_seconds()) if last else None
    if last and last - at > AHEAD:
        return ["clock"]
    return ["sweeps"] if at - max(last or begun, begun) > longest_pause() else []


def _mail_faults(at: datetime, figures: dict[str, Any]) -> list[str]:
    trouble = mail_trouble(at=at)
    figures["mail"] = {
        **asdict(trouble),
        "oldest_wait": round(trouble.oldest_wait.total_seconds()),
    }
    return ["mail"] if trouble.is_fault else []
