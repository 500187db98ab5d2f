"""What each figure should be: beside another side of the same run, or by itself."""

from dataclasses import dataclass
from statistics import median

Figures = dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class Target:
    """A bound, of the value itself or of its ratio to what another side took."""

    bound: float
    beside: str = ""
    at_least: bool = False
    figure: str = ""  # of the other side, where it is called otherwise

    @property
    def words(self) -> str:
        """Return it as the table says it."""
        least = "at least" if self.at_least else "at most"
        return f"{least} {self.bound:g}" + (f" x {self.beside}" if self.beside else "")

    def value(self, sides: Figures, figure: str) -> float | None:
        """Return the ratio or the value that is judged; None where a side does not have it."""
        ours = middle(sides, "ours", figure)
        if not self.beside or ours is None:
            return ours
        other = middle(sides, self.beside, self.figure or figure)
        return ours / other if other else None

    def is_met(self, sides: Figures, figure: str) -> bool | None:
        """Return whether it is met; None where that is not known."""
        value = self.value(sides, figure)
        if value is None:
            return None
        return value >= self.bound if self.at_least else value <= self.bound


def middle(sides: Figures, side: str, figure: str) -> float | None:
    """Return the median of a side's turns, or None where it has none."""
    values = sides.get(side, {}).get(figure)
    return median(values) if values else None


FLOOR_PAGE = "page network"
PAGE_WORK, PAGE_RATE = f"{FLOOR_PAGE}: ms of work", f"{FLOOR_PAGE}: a second"
ANEW = f"{FLOOR_PAGE}, made anew: ms of work"
PUBLIC = ("home", "networks", "network", "calendar", "partners")
LISTS = ("people", "registrations")
MEMORY = "MB of the largest process beside before"


def of_pages(figure: str, bound: float) -> dict[str, list[Target]]:
    """Return a target of the work of a page, in the floor's page."""
    return {f"{figure}: ms of work": [Target(bound, "floor", figure=PAGE_WORK)]}


TARGETS: dict[str, list[Target]] = {
    **{f"page {name}: a second": [Target(0.7, "floor", True, PAGE_RATE)] for name in PUBLIC},
    **{f"page {name}, made anew: ms of work": [Target(4, "floor", figure=ANEW)] for name in PUBLIC},
    **{f"page {name}, made anew: statements": [Target(5)] for name in PUBLIC},
    "registration: a second": [Target(0.25, "floor", True), Target(20, "peer", True)],
    "registration: requests": [Target(4)],
    "registration: statements": [Target(60)],
    "registration: ms of work": [Target(6, "floor")],
    "200 for 50 seats: seconds together": [Target(3, "floor")],
    "200 for 50 seats: seated": [Target(50), Target(50, at_least=True)],
    "200 for 50 seats: told that they wait or that it is full": [Target(150, at_least=True)],
    "200 for 50 seats: connections reset": [Target(0)],
    "check-in: statements": [Target(8)],
    "check-in: ms of work": [Target(5, "floor")],
    "60 check in beside the desk: seconds": [Target(60)],
    "60 check in beside the desk: refused": [Target(0)],
    "frame of a page: statements": [Target(3)],
    "frame of a page: of them writes": [Target(0)],
    "My learning: statements": [Target(14)],
    "meeting: statements": [Target(12)],
    **of_pages("My learning", 7),
    **{f"list of {name}: ms, median": [Target(1.2, "floor")] for name in LISTS},
    **{f"list of {name}: statements": [Target(10)] for name in LISTS},
    **{f"search of {name}: ms, median": [Target(0.7, "floor")] for name in LISTS},
    **of_pages("its documents", 25),
    **of_pages("matches", 25),
    **of_pages("needs matrix", 35),
    "needs matrix: KB of HTML": [Target(300)],
    "export, csv: microseconds of work a cell": [Target(2.5, "floor")],
    "export, xlsx: microseconds of work a cell": [Target(1.3, "floor")],
    f"export, csv: {MEMORY}": [Target(20)],
    f"export, xlsx: {MEMORY}": [Target(20)],
    "one document: ms of work": [Target(1.2, "floor")],
    "1,000 people under another rule: ms of work": [
        Target(2, "ours", figure="1,000 people listed: ms of work")
    ],
    "1,000 people under another rule: of them writes": [Target(0)],
    "mail: a second": [Target(3.5, "before", True)],
    "mail: statements": [Target(2)],
    "messages queued: a second": [Target(3, "ours", True, "reminders queued: a second")],
    "mails that came twice": [Target(0)],
    "likely duplicates: seconds of work": [Target(0.125, "before")],
    "cold start: seconds": [Target(2.5, "floor")],
    "memory after the load: MB": [Target(0.65, "before")],
    "embedded: MB": [Target(0.9, "before")],
}
