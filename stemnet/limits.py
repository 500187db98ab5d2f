"""How often one client may ask for the same thing."""

from datetime import datetime

from django.core.cache import cache


def within_limit(*, what: str, client: str, most: int, seconds: int, at: datetime) -> bool:
    """Count one more try at ``what`` by ``client``; False from the try after ``most`` on.

    They are counted in the cache, from one whole ``seconds`` to the next; `stemnet.shared_cache` counts them
    in the database while Redis is away.
    """
    return _counted(_key(what, client, seconds, at), seconds=seconds) <= most


def is_over_limit(*, what: str, client: str, most: int, seconds: int, at: datetime) -> bool:
    """Return whether ``client`` has tried ``most`` times already; counts nothing."""
    return int(cache.get(_key(what, client, seconds, at), 0)) >= most


def _key(what: str, client: str, seconds: int, at: datetime) -> str:
    return f"limit:{what}:{client}:{int(at.timestamp()) // seconds}"


def _counted(key: str, *, seconds: int) -> int:
    """Count one more under ``key`` and return how many there are."""
    if cache.add(key, 1, timeout=seconds):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, timeout=seconds)
        return 1
