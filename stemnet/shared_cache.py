"""The cache that many processes share: Redis, and the database for as long as Redis does not answer.

Who finds Redis silent waits for its time limit once; from then on only a thread of its own asks it, until it
answers again. What the database keeps meanwhile is what JSON can hold.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from stemnet.models import CacheEntry

OUT_OF_REACH = (RedisError, OSError)
LOOK_AGAIN_SECONDS = 5.0
ANY = "stemnet.any"  # a key to ask for, to see whether there is an answer

log = structlog.get_logger(__name__)


class Reach:
    """Whether a service answers this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looking: threading.Thread | None = None

    @property
    def is_lost(self) -> bool:
        """Return whether the service did not answer and a thread is still waiting for it."""
        return self._looking is not None and self._looking.is_alive()

    def lose(self, ask: Callable[[], object]) -> None:
        """Note that the service does not answer, and let a thread ``ask`` it again until it does."""
        with self._lock:
            if self.is_lost:
                return
            self._looking = threading.Thread(target=_wait_for, args=[ask], name="cache-away", daemon=True)
            self._looking.start()


def _wait_for(ask: Callable[[], object]) -> None:
    """Return once ``ask`` gets an answer."""
    log.warning("cache_away")
    while True:
        time.sleep(LOOK_AGAIN_SECONDS)
        try:
            ask()
        except OUT_OF_REACH:
            continue
        log.warning("cache_back")
        return


_reach: dict[str, Reach] = {}


class SharedCache(BaseCache):
    """Redis where it answers, else rows of the database."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._redis, self._rows = RedisCache(server, params), DatabaseEntries(params)
        self._reach = _reach.setdefault(server, Reach())

    @property
    def is_away(self) -> bool:
        """Return whether Redis does not answer right now; asks it only where it answered before."""
        if not self._reach.is_lost:
            try:
                self._redis.get(ANY)
            except OUT_OF_REACH:
                self._lose()
        return self._reach.is_lost

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep ``value`` unless there is one; return whether it is kept."""
        return bool(self._ask("add", key, value, timeout=timeout, version=version))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return what is kept, or ``default``."""
        return self._ask("get", key, default=default, version=version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Keep ``value``."""
        self._ask("set", key, value, timeout=timeout, version=version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep for longer what is kept; return whether there was anything."""
        return bool(self._ask("touch", key, timeout=timeout, version=version))

    def delete(self, key: Any, version: Any = None) -> bool:
        """Forget a value; return whether there was one."""
        return bool(self._ask("delete", key, version=version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Add to a number and return it. Raises ValueError where none is kept."""
        return int(self._ask("incr", key, delta=delta, version=version))

    def clear(self) -> None:
        """Forget everything, where it is kept right now."""
        self._ask("clear")

    def _ask(self, act: str, *args: Any, **kwargs: Any) -> Any:
        """Do ``act`` on Redis, and on the database where Redis does not answer."""
        if not self._reach.is_lost:
            try:
                return getattr(self._redis, act)(*args, **kwargs)
            except OUT_OF_REACH:
                self._lose()
        return getattr(self._rows, act)(*args, **kwargs)

    def _lose(self) -> None:
        self._reach.lose(lambda: self._redis.get(ANY))


class DatabaseEntries(BaseCache):
    """The same on rows of `CacheEntry`, for values that JSON can hold."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep ``value`` unless there is one; return whether it is kept."""
        hashed = self._hashed(key, version)
        CacheEntry.objects.over(timezone.now()).filter(pk=hashed).delete()
        kept = {"value": value, "until": self._until(timeout)}
        return CacheEntry.objects.get_or_create(pk=hashed, defaults=kept)[1]

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return what is kept, or ``default``."""
        row = CacheEntry.objects.fresh(timezone.now()).filter(pk=self._hashed(key, version)).first()
        return row.value if row else default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Keep ``value``."""
        kept = {"value": value, "until": self._until(timeout)}
        CacheEntry.objects.update_or_create(pk=self._hashed(key, version), defaults=kept)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Keep for longer what is kept; return whether there was anything."""
        rows = CacheEntry.objects.fresh(timezone.now()).filter(pk=self._hashed(key, version))
        return bool(rows.update(until=self._until(timeout)))

    def delete(self, key: Any, version: Any = None) -> bool:
        """Forget a value; return whether there was one."""
        return bool(CacheEntry.objects.filter(pk=self._hashed(key, version)).delete()[0])

    @transaction.atomic
    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        """Add to a number, of many at once in turn, and return it. Raises ValueError where there is none."""
        rows = CacheEntry.objects.fresh(timezone.now()).select_for_update()
        row = rows.filter(pk=self._hashed(key, version)).first()
        if row is None:
            raise ValueError(f"There is no {key!r} to count on.")
        row.value += delta
        row.save(update_fields=["value"])
        return int(row.value)

    def clear(self) -> None:
        """Forget everything."""
        CacheEntry.objects.all().delete()

    def _hashed(self, key: Any, version: Any) -> str:
        return hashlib.sha256(self.make_and_validate_key(key, version=version).encode()).hexdigest()

    def _until(self, timeout: Any) -> datetime | None:
        moment = self.get_backend_timeout(timeout)
        return None if moment is None else datetime.fromtimestamp(moment, tz=UTC)
