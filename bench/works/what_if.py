"""Another credit rule tried on a network of 1,000 people, beside the list of those people."""

from collections.abc import Callable
from itertools import count

from bench.browser import Browser
from bench.load import browsers
from bench.sides import Side
from bench.works.work import Records, Work, counted, measured

LISTED, TRIED = "1,000 people listed", "1,000 people under another rule"


class WhatIf(Work):
    """Who gains and who loses by another rule, and all pages of the list of people."""

    name, last = "what_if", True

    def _acts(self, side: Side) -> dict[str, Callable[[int], None]]:
        if side.name != "ours":
            return {}
        visitors = browsers(lambda: side.browser(session="coordinator"))
        network = f"/staff/networks/{side.made['what_if']}/"

        def listed(_number: int) -> None:
            whole(visitors(), f"{network}people/")

        def tried(_number: int) -> None:
            browser, path = visitors(), f"{network}rule/"
            typed = {**browser.get(path).hidden(), "version": side.made["other_rule"], "reason": "bench"}
            answer = browser.post(path, typed)
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}.")

        return {LISTED: listed, TRIED: tried}

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Make the network, and do both some times."""
        if side.name == "ours":
            side.more_rows("what_if")
        for what, act in self._acts(side).items():
            act(0)
            measured(side, records, what, act, clients=1, seconds=20 if quick else 60, count=5)

    def count(self, side: Side, records: Records) -> None:
        """Count what the trial asks, and what it writes."""
        for what, act in self._acts(side).items():
            counted(side, records, what, act, times=1)


def whole(browser: Browser, path: str) -> None:
    """Ask for every page of a list."""
    for page in count(1):
        answer = browser.get(f"{path}?page={page}")
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}.")
        if f"page={page + 1}" not in answer.text:
            return
