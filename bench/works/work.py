"""What each work has: load, which is timed, and counting, which is not."""

from dataclasses import dataclass, field

from bench.load import Act, Taken, together
from bench.sides import Side

IDLE_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Records:
    """What was measured of each side: figures by name, one value a turn."""

    sides: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    shapes: dict[str, dict[str, int]] = field(default_factory=dict)
    turn: int = 0

    def note(self, side: Side, figure: str, value: float) -> None:
        """Keep one value."""
        self.sides.setdefault(side.name, {}).setdefault(figure, []).append(value)

    def fault(self, side: Side, what: str, error: str) -> None:
        """Keep that something was not there or failed; the table says so."""
        self.faults.append(f"{what} ({side.name}): {error}")


class Work:
    """One kind of work."""

    name = ""
    last = False  # what adds rows that others should not meet, once and after all turns

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Put load on a side that runs, and note what it took."""

    def count(self, side: Side, records: Records) -> None:
        """Count the statements of each act on a side that runs past the wire."""


def measured(
    side: Side,
    records: Records,
    what: str,
    act: Act,
    *,
    clients: int,
    seconds: float = 120,
    count: int = 20_000,
) -> Taken:
    """Put load on and note the rate, the waiting and the work; errors are said and not counted as done."""
    before = side.cpu()
    taken = together(act, clients=clients, seconds=seconds, count=count)
    work = side.cpu() - before
    if taken.errors:
        records.fault(side, what, f"{len(taken.errors)} errors, the first: {taken.errors[0]}")
    if taken.seconds:
        records.note(side, f"{what}: a second", taken.rate)
        records.note(side, f"{what}: ms, median", taken.percentile(0.5))
        records.note(side, f"{what}: ms, 95 %", taken.percentile(0.95))
        records.note(side, f"{what}: ms of work", work * 1000 / len(taken.seconds))
    return taken


def counted(side: Side, records: Records, what: str, act: Act, *, times: int = 5) -> None:
    """Do ``act`` once to warm up, then a few times, and note the statements of one."""
    try:
        act(0)
        side.told()
        for number in range(1, times + 1):
            act(number)
    except Exception as error:
        records.fault(side, what, f"{type(error).__name__}: {error}"[:300])
        return
    told = side.told()
    records.note(side, f"{what}: statements", told.statements / times)
    writes = sum(n for shape, n in told.shapes.items() if shape.startswith(IDLE_WRITES))
    records.note(side, f"{what}: of them writes", writes / times)
    if told.locks:
        records.note(side, f"{what}: ms that the network is locked, one alone", told.longest_lock * 1000)
    records.shapes[f"{what} ({side.name})"] = dict(told.shapes.most_common(80))
