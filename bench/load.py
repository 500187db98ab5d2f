"""Load: so many visitors at once, bounded in time and in count, and what it took."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Act = Callable[[int], object]
MOST = 20_000


@dataclass
class Taken:
    """What a block of load took: seconds of each act, seconds together, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return how many acts a second went well."""
        return len(self.seconds) / self.wall if self.wall else 0.0

    def percentile(self, share: float) -> float:
        """Return the milliseconds below which this share of the acts stayed."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


def together(act: Act, *, clients: int, seconds: float = 600, count: int = MOST) -> Taken:
    """Let ``clients`` do ``act`` with rising numbers until the time or the count is over."""
    taken, numbers, lock = Taken(), iter(range(min(count, MOST))), threading.Lock()
    begun = time.monotonic()

    def one() -> None:
        while time.monotonic() - begun < seconds:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            clock = time.monotonic()
            try:
                act(number)
            except Exception as error:
                taken.errors.append(f"{type(error).__name__}: {error}"[:200])
            else:
                taken.seconds.append(time.monotonic() - clock)

    threads = [threading.Thread(target=one) for _client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.wall = time.monotonic() - begun
    return taken


def browsers(make: Callable[[], object]) -> Callable[[], object]:
    """Return what gives each thread a browser of its own, made once."""
    kept = threading.local()

    def mine() -> object:
        if not hasattr(kept, "browser"):
            kept.browser = make()
        return kept.browser

    return mine
