"""Every address of the portal, read from the URL table."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

ELSEWHERE = {"admin"}


def named_addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[tuple[str, str]]:
    """Yield (name, route) of everything outside the admin."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in ELSEWHERE:
                yield from (
                    (name, f"{pattern.pattern}{route}")
                    for name, route in named_addresses(pattern.url_patterns)
                )
        else:
            yield pattern.name or str(pattern.pattern), str(pattern.pattern)
