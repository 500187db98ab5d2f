"""Checking in on one's own phone: one press, and sixty people within a minute while the desk is in use."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bench.browser import Browser
from bench.load import Act, together
from bench.sides import Side
from bench.works.work import Records, Work, counted, measured

TOKEN = "benchbenchbenchbenchbenchbenchbe"  # noqa: S105 - what a form sends back of its cookie
FOUR, SIXTY, SIXTEEN = 4, 60, 16


class CheckIns(Work):
    """Press "I am here", each as somebody else who has scanned the code of the room."""

    name, last = "check_ins", True

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Let four at a time press, then sixty at once; the floor shows its page."""
        if side.name == "floor":
            measured(side, records, "check-in", floor_page(side), clients=1, seconds=3 if quick else 8)
        if side.name != "ours":
            return
        side.more_rows("check_ins")
        phones = side.made["phones"]
        for session, _token in phones:
            a_browser(side, session).get("/accessibility/")
        measured(side, records, "check-in", pressing(side, phones[SIXTY:]), clients=FOUR, count=200)
        with at_the_desk(side) as marks:
            taken = together(pressing(side, phones[:SIXTY]), clients=SIXTEEN, count=SIXTY, seconds=60)
        records.note(side, "60 check in beside the desk: seconds", taken.wall)
        records.note(side, "60 check in beside the desk: refused", SIXTY - len(taken.seconds))
        records.note(side, "60 check in beside the desk: ms, longest", taken.percentile(1.0))
        records.note(side, "60 check in beside the desk: marks at the desk", marks[0])

    def count(self, side: Side, records: Records) -> None:
        """Count what one press tells the database."""
        if side.name == "ours":
            side.more_rows("check_ins")
            phones = side.made["phones"]
            for session, _token in phones[:6]:
                a_browser(side, session).get("/accessibility/")
            counted(side, records, "check-in", pressing(side, phones))


def floor_page(side: Side) -> Act:
    """Return what asks for the floor's page."""
    browser = side.browser()

    def act(_number: int) -> None:
        if browser.get(side.public_page()).status != 200:
            raise RuntimeError("The floor's page is not there.")

    return act


def a_browser(side: Side, session: str) -> Browser:
    """Return the browser of somebody who is signed in."""
    browser = side.browser()
    browser.cookies |= {"sessionid": session, "csrftoken": TOKEN}
    return browser


def pressing(side: Side, phones: list[list[str]]) -> Act:
    """Return what presses as the next person."""

    def act(number: int) -> None:
        session, token = phones[number]
        browser = a_browser(side, session)
        answer = browser.post("/in/here/", {"act": "here", "token": token}, follow=False)
        browser.close()
        if answer.status != 302:
            raise RuntimeError(f"The press was answered {answer.status}.")

    return act


@contextmanager
def at_the_desk(side: Side) -> Iterator[list[int]]:
    """Let staff mark one after the other meanwhile; give how many they marked."""
    done, marks = threading.Event(), [0]

    def mark() -> None:
        browser = a_browser(side, side.made["coordinator"])
        for path in side.made["marks"]:
            if done.is_set():
                break
            if browser.post(path, {"seen": "present"}, follow=False).status == 302:
                marks[0] += 1

    desk = threading.Thread(target=mark)
    desk.start()
    try:
        yield marks
    finally:
        done.set()
        desk.join()
