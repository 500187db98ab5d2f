"""What the embedded shape holds: one process on SQLite, with worker and clock inside."""

from bench.load import browsers
from bench.portal import Portal
from bench.sides import Side
from bench.works.pages import PUBLIC, asked
from bench.works.work import Records, Work, measured


class Embedded(Work):
    """The portal as `make run` starts it, without DEBUG."""

    name, last = "embedded", True

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Start one beside, ask for its pages and register, and see what it holds."""
        if not isinstance(side, Portal):
            return
        small = side.embedded(people=200 if quick else 1_000)
        small.prepare()
        try:
            small.start()
            visitors = browsers(small.browser)
            for path in PUBLIC.values():
                act = asked(visitors, path.format(**small.made))
                measured(side, Records(), path, act, clients=8, seconds=3 if quick else 60)
            for number in range(8):
                small.register(small.browser(), small.made["open"], f"embedded-{number}@example.org")
            records.note(side, "embedded: MB", sum(small.memory()))
            records.note(side, "embedded, cold start: seconds", small.cold)
        finally:
            small.stop()
