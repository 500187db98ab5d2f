"""How often one client may ask for the same thing, counted in the cache."""

from django.core.cache import cache


def within_limit(*, what: str, client: str, most: int, seconds: int) -> bool:
    """Count one more try at ``what`` by ``client``; False from the try after ``most`` in ``seconds`` on."""
    key = f"limit:{what}:{client}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out between the two calls
        cache.set(key, 1, timeout=seconds)
        return True
