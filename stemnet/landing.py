"""Where somebody's work is: each app says in ``ready()`` which pages are somebody's own.

One function decides: after signing in one lands on the first page where something is due, else on the first
of all; the others stand one press away on each of them (``components/_own_pages.html``)::

    landing.add(own_pages, place=10)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class OwnPage:
    """A page where somebody works; ``has_due`` asks, when it matters, whether something waits there."""

    label: str
    url: str
    has_due: Callable[[], bool]


class Read(Protocol):
    """Says which pages are somebody's own, in a constant number of queries."""

    def __call__(self, person: Any, /, *, at: datetime) -> Iterable[OwnPage]:
        """Return the pages of ``person``, none where they have no such work."""


_reads: dict[Read, int] = {}


def add(read: Read, *, place: int) -> None:
    """Let an app say which pages are somebody's own; lower places come first."""
    _reads[read] = place


def pages_of(person: Any, *, at: datetime) -> list[OwnPage]:
    """Return the pages where ``person`` works, in order; none for a login without a person."""
    if person is None:
        return []
    return [page for read in sorted(_reads, key=_reads.__getitem__) for page in read(person, at=at)]


def page_for(person: Any, *, at: datetime) -> OwnPage | None:
    """Return where ``person`` lands after signing in: where something is due, else the first page of all."""
    pages = pages_of(person, at=at)
    return next((page for page in pages if page.has_due()), pages[0] if pages else None)
