"""What all pages say alike, such as the names of the partnership, read at most once in a moment a process.

A moment is ``BRIEFLY_SECONDS``, less than half a second: a kept page that was made of it is right within one.
Nothing that is somebody's own is kept, and nothing that decides what is written.
"""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.conf import settings
from django.db import connection

T = TypeVar("T")


class Briefly(Generic[T]):
    """The last answer of ``read``, for a moment or for ``seconds``; what reads must not change it."""

    def __init__(
        self, read: Callable[[], T], *, seconds: float = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read, self._seconds, self._clock = read, seconds, clock
        self._kept: tuple[float, T] | None = None

    def get(self) -> T:
        """Return the answer; inside a transaction, which may have changed it, a new one that is not kept."""
        begun, kept = self._clock(), self._kept
        if connection.in_atomic_block or not settings.BRIEFLY_SECONDS:
            return self._read()
        if kept is None or begun - kept[0] >= (self._seconds or settings.BRIEFLY_SECONDS):
            self._kept = kept = begun, self._read()
        return kept[1]

    def drop(self, **_signal: object) -> None:
        """Forget the answer, where this process changed it."""
        self._kept = None
