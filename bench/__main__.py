"""``make bench``: the portal beside a bare Django app, an older commit of itself and a peer, in turn.

    python -m bench [--quick] [--only public,registration] [--peer] [--before COMMIT]

Everything it makes is its own and goes again: databases, a Redis database, a folder. Load is bounded in time
and in count and goes to this machine only. `bench.json`, `table.md` and plots go into the folder of `--out`.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench import report
from bench.before import Before
from bench.floor.side import Floor
from bench.peer import Peer
from bench.portal import Portal
from bench.services import Services
from bench.sides import Side
from bench.works import ALL, QUICK
from bench.works.work import Records

SIDES: dict[str, type[Side]] = {"ours": Portal, "floor": Floor, "before": Before, "peer": Peer}
GROWING = ("public", "signed_in", "lists", "desk", "exports")


def say(words: str) -> None:
    """Say how far it is."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stdout.flush()


def options() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one turn, 1,000 people, a few minutes")
    parser.add_argument("--only", default="", help=f"works with commas, of {', '.join(ALL)}")
    parser.add_argument("--sides", default="ours,floor", help="ours, floor, before, peer, with commas")
    parser.add_argument("--before", default="", metavar="COMMIT", help="measure an older commit, too")
    parser.add_argument(
        "--peer", action="store_true", help="measure pretix, too, which is installed from PyPI"
    )
    parser.add_argument("--people", type=int, default=0, help="1,000 with --quick, else 20,000")
    parser.add_argument("--sizes", default="", help="how many people else, for growth, with commas")
    parser.add_argument("--turns", type=int, default=0, help="how often the sides are measured in turn")
    parser.add_argument("--out", type=Path, default=Path("var/bench"), help="the folder of what is written")
    parser.add_argument("--shapes", action="store_true", help="show the statements of each act, grouped")
    asked = parser.parse_args()
    asked.only = [name for name in asked.only.split(",") if name] or list(QUICK if asked.quick else ALL)
    asked.people = asked.people or (1_000 if asked.quick else 20_000)
    asked.turns = min(asked.turns or (1 if asked.quick else 3), 5)
    asked.sizes = [int(size) for size in asked.sizes.split(",") if size]
    asked.sides = asked.sides.split(",")
    asked.sides += [name for name in ("before", "peer") if getattr(asked, name) and name not in asked.sides]
    if unknown := set(asked.only) - set(ALL):
        parser.error(f"There is no work called {', '.join(sorted(unknown))}; there are {', '.join(ALL)}.")
    return asked


def measure(sides: list[Side], asked: argparse.Namespace, records: Records) -> None:
    """Measure all sides in turn, then count their statements."""
    for side in sides:
        say(f"{side.name}: making {side.people:,} people")
        side.prepare()
        if side.made_seconds:
            records.note(side, "demo: seconds", side.made_seconds)
    works = [ALL[name] for name in asked.only]
    for turn in range(asked.turns):
        records.turn = turn
        for side in sides:
            say(f"turn {turn + 1} of {asked.turns}, {side.name}")
            with started(side):
                records.note(side, "cold start: seconds", side.cold)
                records.note(side, "memory when started: MB", sum(side.memory()))
                for work in (one for one in works if not one.last):
                    attempt(side, work.name, records, partial(work.load, side, records, quick=asked.quick))
                records.note(side, "memory after the load: MB", sum(side.memory()))
    for side in sides:
        say(f"statements, {side.name}")
        with started(side, tapped=True):
            for work in (one for one in works if not one.last):
                attempt(side, work.name, records, partial(work.count, side, records))
    for work in (one for one in works if one.last):
        for side in sides:
            say(f"{work.name}, {side.name}")
            with started(side):
                attempt(side, work.name, records, partial(work.load, side, records, quick=asked.quick))
            with started(side, tapped=True):
                attempt(side, work.name, records, partial(work.count, side, records))


@contextmanager
def started(side: Side, *, tapped: bool = False) -> Iterator[None]:
    """Let a side run; whatever happens, it ends."""
    try:
        side.start(tapped=tapped)
        yield
    finally:
        side.stop()


def attempt(side: Side, what: str, records: Records, act: Callable[[], None]) -> None:
    """Do one work; where it fails the table says so, and the others go on."""
    try:
        act()
    except Exception as error:
        records.fault(side, what, f"{type(error).__name__}: {error}"[:400])


def grow(services: Services, asked: argparse.Namespace) -> dict[int, Records]:
    """Measure ourselves with other numbers of people, once each."""
    grown = {}
    for size in asked.sizes:
        only = [name for name in asked.only if name in GROWING]
        once = argparse.Namespace(turns=1, only=only, quick=asked.quick)
        grown[size] = Records()
        measure([Portal(services, people=size)], once, grown[size])
    return grown


def sides_of(services: Services, asked: argparse.Namespace) -> list[Side]:
    """Return what is measured beside us."""
    more = {"before": {"commit": asked.before}} if asked.before else {}
    return [SIDES[name](services, people=asked.people, **more.get(name, {})) for name in asked.sides]


def main() -> int:
    """Measure, and write what was found."""
    asked, records = options(), Records()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_told: sys.exit("The bench was told to end."))  # and takes all away
    with tempfile.TemporaryDirectory(prefix="stemnet-bench-") as folder:
        services = Services(Path(folder))
        try:
            sides = sides_of(services, asked)
            measure(sides, asked, records)
            records.note(sides[0], "mails that came twice", services.mailbox.doubled)
            grown = grow(services, asked)
        finally:
            services.close()
    report.write(records, asked.out, people=asked.people, grown=grown)
    say(f"written to {asked.out}")
    sys.stdout.write(report.table(records) + report.growth(records, asked.people, grown))
    if asked.shapes:
        sys.stdout.write(report.shapes(records))
    return 0


if __name__ == "__main__":
    sys.exit(main())
