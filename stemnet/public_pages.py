"""Public pages, which are the same for whoever is not signed in, kept for less than a second.

A page is kept from the moment its rendering began, so within a second every change by anyone shows in every
process, and nothing has to be dropped when something changes. It buys that many readers cost what one does.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.urls import ResolverMatch

MOST_PAGES = 256
MOST_BYTES = 16 * 1024 * 1024
WAIT_SECONDS = 1.0  # for another's rendering of the same page, before one renders it as well
TURNS = 64
Key = tuple[Any, ...]
View = TypeVar("View", bound=Callable[..., Any])


def public_page(view: View) -> View:
    """Say of a view that it shows whoever is not signed in the same: by address, language and time alone."""
    view.__dict__["is_public_page"] = True
    return view


@dataclass(frozen=True)
class KeptPage:
    """A finished answer: when its rendering began, in seconds of a clock, and what is sent."""

    begun: float
    body: bytes
    headers: dict[str, str]
    match: ResolverMatch


class KeptPages:
    """The pages of one process: bounded in count and bytes, each for ``seconds`` from its beginning."""

    def __init__(self, *, seconds: float, most_pages: int = MOST_PAGES, most_bytes: int = MOST_BYTES) -> None:
        self.seconds, self.most_pages, self.most_bytes = seconds, most_pages, most_bytes
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._turns = [threading.Lock() for _turn in range(TURNS)]

    def __len__(self) -> int:
        return len(self._pages)

    def found(self, key: Key, *, at: float) -> KeptPage | None:
        """Return the page for somebody who asked at ``at``, or None where it is too old for that."""
        page = self._pages.get(key)
        return page if page and at - page.begun < self.seconds else None

    def keep(self, key: Key, page: KeptPage) -> None:
        """Keep a page; what is too old goes, and the oldest where there is no room."""
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._pages:
                oldest = next(iter(self._pages))
                is_over = page.begun - self._pages[oldest].begun >= self.seconds
                if not (is_over or len(self._pages) > self.most_pages or self._bytes > self.most_bytes):
                    return
                self._forget(oldest)

    @contextmanager
    def one_at_a_time(self, key: Key) -> Iterator[None]:
        """Let one render a page while others wait for it, for a second at most."""
        turn = self._turns[hash(key) % TURNS]
        is_mine = turn.acquire(timeout=WAIT_SECONDS)
        try:
            yield
        finally:
            if is_mine:
                turn.release()

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        self._bytes -= len(page.body) if page else 0
