"""What somebody looks for in the library, read from the address; what is no choice narrows nothing."""

from django.http import QueryDict

from meetings.library.domain.searching import FACETS, ORDERS, Asked

MOST_WORDS, MOST_CHOSEN = 200, 20


def asked_for(typed: QueryDict) -> Asked:
    """Return what the address of the page asks for."""
    chosen = {name: _clean(typed.getlist(name)) for name in FACETS}
    order = typed.get("sort", "")
    return Asked(
        words=_line(typed.get("q", ""))[:MOST_WORDS],
        chosen={name: values for name, values in chosen.items() if values},
        standard=_line(typed.get("standard", ""))[:40],
        order=order if order in ORDERS else "",
    )


def _clean(values: list[str]) -> list[str]:
    return list(dict.fromkeys(one for one in map(_line, values[:MOST_CHOSEN]) if one))


def _line(words: str) -> str:
    return " ".join(words.replace("\x00", " ").split())
