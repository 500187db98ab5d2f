"""Work that no page does: sending mail, and looking for likely duplicates; each in a process of its own."""

import json

from bench.sides import ROOT, Side
from bench.wire import Tap
from bench.works.work import Records, Work

MESSAGES, REMINDERS = "messages queued: a second", "reminders queued: a second"


def done_inside(side: Side, act: str, *values: str, database: str = "") -> dict[str, float]:
    """Let ``bench/jobs.py`` do something in the side's tree, and return what it took."""
    command = [side.python, str(ROOT / "bench" / "jobs.py"), act, *values]
    environment = side.environment(database or side.url, DEBUG="1", REDIS_URL="")
    took: dict[str, float] = json.loads(side.run(command, environment, cwd=side.folder).splitlines()[-1])
    return took


class Sending(Work):
    """Mail to one server from one process."""

    name = "mail"
    LETTERS = 2_000

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Send what waits."""
        if side.name not in ("ours", "before"):
            return
        letters = 500 if quick else self.LETTERS
        took = done_inside(side, "mail", str(letters))
        records.note(side, "mail: a second", took["done"] / took["seconds"])
        records.note(side, "mail: ms of work", took["work"] * 1000 / took["done"])

    def count(self, side: Side, records: Records) -> None:
        """Count the statements of one."""
        if side.name not in ("ours", "before"):
            return
        tap = Tap(side.url, lock=side.lock)
        try:
            done_inside(side, "mail", "0", database=tap.url)
            empty = tap.take().statements
            took = done_inside(side, "mail", "200", database=tap.url)
            told = tap.take()
        finally:
            tap.close()
        records.note(side, "mail: statements", (told.statements - empty) / took["done"])
        records.shapes[f"mail ({side.name})"] = dict(told.shapes.most_common(80))


class Writing(Work):
    """A personal message to thousands, beside the reminder of one meeting to as many."""

    name = "messages"
    READERS = 10_000

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Queue both; nothing is sent."""
        if side.name != "ours":
            return
        readers = 1_000 if quick else self.READERS
        for act, figure in (("reminders", REMINDERS), ("message", MESSAGES)):
            took = done_inside(side, act, str(readers))
            records.note(side, figure, took["done"] / took["seconds"])


class Duplicates(Work):
    """Likely duplicates among all people."""

    name = "duplicates"

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Look once."""
        if side.name in ("ours", "before"):
            took = done_inside(side, "duplicates")
            records.note(side, "likely duplicates: seconds of work", took["work"])
            records.note(side, "likely duplicates: MB more", took["memory"])
