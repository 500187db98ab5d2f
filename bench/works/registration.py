"""A whole registration by code, and two hundred people for fifty seats."""

import threading
from collections import Counter

from bench.sides import Side
from bench.works.work import Records, Work, counted, measured

SIXTEEN, SEATS, PEOPLE = 16, 50, 200


class Registering(Work):
    """Form, code from the mail, seat."""

    name = "registration"

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Register from sixteen places at once."""
        requests: list[int] = []

        def act(number: int) -> None:
            browser = side.browser()
            side.register(browser, side.made["open"], f"t{records.turn}-{side.port}-{number}@example.org")
            requests.append(browser.requests)
            browser.close()

        for number in range(2):
            act(10_000 + number)
        requests.clear()
        measured(side, records, "registration", act, clients=SIXTEEN, count=64 if quick else 200)
        if requests:
            records.note(side, "registration: requests", sum(requests) / len(requests))

    def count(self, side: Side, records: Records) -> None:
        """Count what one registration tells the database, and how long the network is locked."""

        def act(number: int) -> None:
            side.register(side.browser(), side.made["open"], f"counted-{side.port}-{number}@example.org")

        counted(side, records, "registration", act)
        counted_locks(side, records)


def counted_locks(side: Side, records: Records) -> None:
    """Note the longest time that the network is locked while sixteen register at once."""
    from bench.load import together

    side.told()

    def act(number: int) -> None:
        side.register(side.browser(), side.made["open"], f"locked-{side.port}-{number}@example.org")

    together(act, clients=SIXTEEN, count=48, seconds=60)
    told = side.told()
    if told.locks:
        records.note(
            side,
            "registration: ms that the network is locked, longest of 16 at once",
            told.longest_lock * 1000,
        )


class FiftySeats(Work):
    """Two hundred people want fifty seats at once."""

    name = "seats"

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Let them all try, and see who has a seat."""
        slug = side.made["fifty"][records.turn]
        outcomes: Counter[str] = Counter()
        resets, lock = [0], threading.Lock()

        def act(number: int) -> None:
            browser = side.browser()
            address = f"fifty{records.turn}-{side.port}-{number}@example.org"
            try:
                outcome = side.register(browser, slug, address)
            finally:
                with lock:
                    resets[0] += browser.resets
                browser.close()
            with lock:
                outcomes[outcome] += 1

        what = "200 for 50 seats"
        taken = measured(side, records, what, act, clients=SIXTEEN, count=PEOPLE, seconds=240)
        records.note(side, f"{what}: seconds together", taken.wall)
        records.note(side, f"{what}: seated", side.seated(slug))
        records.note(side, f"{what}: said to be seated", outcomes["seated"])
        records.note(
            side, f"{what}: told that they wait or that it is full", outcomes["waiting"] + outcomes["full"]
        )
        records.note(side, f"{what}: connections reset", resets[0])
