"""How often one client may ask for the same thing."""

from datetime import datetime

from django.core.cache import BaseCache, cache
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError

IN_THIS_PROCESS = LocMemCache("limits", {})


def within_limit(*, what: str, client: str, most: int, seconds: int, at: datetime) -> bool:
    """Count one more try at ``what`` by ``client``; False from the try after ``most`` on.

    They are counted in the cache, from one whole ``seconds`` to the next, or in this process while the cache
    can't be reached.
    """
    key = f"limit:{what}:{client}:{int(at.timestamp()) // seconds}"
    try:
        return _counted(cache, key, seconds=seconds) <= most
    except (RedisError, OSError):
        return _counted(IN_THIS_PROCESS, key, seconds=seconds) <= most


def _counted(where: BaseCache, key: str, *, seconds: int) -> int:
    """Count one more under ``key`` and return how many there are."""
    if where.add(key, 1, timeout=seconds):
        return 1
    try:
        return where.incr(key)
    except ValueError:  # it ran out between the two calls
        where.set(key, 1, timeout=seconds)
        return 1
